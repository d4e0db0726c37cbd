/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What Huawei Cloud's rating calls say when they do not answer.
 */
#ifndef TCO_HUAWEI_REFUSAL_H
#define TCO_HUAWEI_REFUSAL_H

#include <stdbool.h>

enum huawei_refuses {
    HUAWEI_REFUSES_ITEM,   /* one of the items, and with it the whole question */
    HUAWEI_REFUSES_AGAIN,  /* for now */
    HUAWEI_REFUSES_REGION, /* the region */
    HUAWEI_REFUSES_STOP,   /* all questions of this key */
    HUAWEI_REFUSES_UNKNOWN
};
/* By code and text; *why is in our words. */
enum huawei_refuses huawei_refusal(const char *code, const char *says, int status, const char **why);
/* Does the text name the spec, whole? A full stop may end the sentence. */
bool huawei_names(const char *text, const char *spec);

#endif
