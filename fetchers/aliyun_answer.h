/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an answer of Alibaba Cloud's interfaces amounts to. Errors come in two layers: from the gateway with a
 * status of 400 and more, and from the billing interface with status 200 and Success false, or no Data.
 */
#ifndef TCO_ALIYUN_ANSWER_H
#define TCO_ALIYUN_ANSWER_H

#include "fetchers/answer_tree.h"
#include "fetchers/fetcher.h"

enum aliyun_verdict {
    ALIYUN_GOOD,
    ALIYUN_AGAIN,         /* asked too often, or a hiccup: later */
    ALIYUN_NOT_SOLD,      /* this machine, here */
    ALIYUN_OTHER_DISK,    /* not with this system disk */
    ALIYUN_NO_REGION,     /* the region is not open to the account */
    ALIYUN_NO_PLAN,       /* this call finds no price; another one may */
    ALIYUN_BAD_PARAMETER, /* it does not take the question so */
    ALIYUN_STOP           /* our fault, or a permission: never asked again */
};

/* Of `content` ("PriceInfo", "Data") and whether the interface says Success. For ALIYUN_BAD_PARAMETER and the rest
 * that is no price, *code is the provider's; ALIYUN_STOP comes as -1 with the message. */
int aliyun_verdict(const struct fetch_answer *in, const struct answer_node *root, const char *content,
                   bool says_success, enum aliyun_verdict *out, const char **code, struct err *err);

/* -1 with the code: for where a verdict other than a price is an error. */
int aliyun_refuse(const struct answer_node *root, struct err *err);

/* The region of a billing alias; NULL when it is not known. */
const char *aliyun_region_of(const char *alias);
bool aliyun_has_alias(const char *region);

#endif
