/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/huawei_refusal.h"

#include <stddef.h>
#include <string.h>

/* The code of an inner service may stand in the text, so the first row found in either counts. */
static const struct {
    const char *text;
    enum huawei_refuses what;
    const char *why;
} refusals[] = {
    {"CBC.99006006", HUAWEI_REFUSES_ITEM, "not sold in the region"},
    {"CBC.6006", HUAWEI_REFUSES_ITEM, "not sold in the region"},
    {"Can not find product", HUAWEI_REFUSES_ITEM, "not sold in the region"},
    {"CBC.99006050", HUAWEI_REFUSES_ITEM, "refused as asked: CBC.99006050"},
    {"CBC.99006055", HUAWEI_REFUSES_ITEM, "refused as asked: CBC.99006055"},
    {"CBC.99006074", HUAWEI_REFUSES_ITEM, "refused as asked: CBC.99006074"},
    {"CBC.99006024", HUAWEI_REFUSES_ITEM, "refused as asked: CBC.99006024"},
    {"CBC.0999", HUAWEI_REFUSES_AGAIN, ""},
    {"APIGW.0802", HUAWEI_REFUSES_REGION, "region the key may not use"},
    {"CBC.0100", HUAWEI_REFUSES_STOP, "the question is not understood"},
    {"CBC.0151", HUAWEI_REFUSES_STOP, "the key may not ask for prices"},
    {"CBC.0154", HUAWEI_REFUSES_STOP, "the key is not accepted at this site"},
    {"APIGW.", HUAWEI_REFUSES_STOP, "the key is not accepted at this site"},
    {"APIG.", HUAWEI_REFUSES_STOP, "the key is not accepted at this site"},
    {"IAM.", HUAWEI_REFUSES_STOP, "the key may not list projects"},
};
enum { REFUSALS = sizeof refusals / sizeof *refusals };

enum huawei_refuses huawei_refusal(const char *code, const char *says, int status, const char **why)
{
    for (size_t i = 0; i < REFUSALS; i++)
        if (strstr(says, refusals[i].text) != NULL || strstr(code, refusals[i].text) != NULL) {
            *why = refusals[i].why;
            return refusals[i].what;
        }
    return status >= 500 ? HUAWEI_REFUSES_AGAIN : HUAWEI_REFUSES_UNKNOWN;
}

static bool is_boundary(char c)
{
    return c == '\0' || strchr(" \t\r\n,;:'\"()[]{}", c) != NULL;
}

bool huawei_names(const char *text, const char *spec)
{
    size_t n = strlen(spec);

    for (const char *at = strstr(text, spec); at != NULL; at = strstr(at + 1, spec)) {
        bool starts = at == text || is_boundary(at[-1]);
        if (starts && (is_boundary(at[n]) || (at[n] == '.' && is_boundary(at[n + 1]))))
            return true;
    }
    return false;
}
