/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/saved_case.h"

#include "calc/report.h"
#include "tests/support/prepared.h"

#include <stdlib.h>
#include <string.h>

const char saved_case_config[] = "[project]\n"
                                 "start = 2027-01\n"
                                 "months = 14\n"
                                 "as_of = 2026-11-21\n"
                                 "[buyer]\n"
                                 "country = CN\n"
                                 "taxable_use = 100%\n"
                                 "[buyer sg]\n"
                                 "country = SG\n"
                                 "[fx]\n"
                                 "USD/CNY = 7.10\n"
                                 "EUR/CNY = 7.80\n"
                                 "SGD/CNY = 5.30\n"
                                 "spread = 0.2%\n"
                                 "[payment tencent-intl]\n"
                                 "method = wire\n"
                                 "fee = 0.10%\n"
                                 "[payment aliyun-intl]\n"
                                 "settlement = EUR\n"
                                 "settlement_rate = 0.92\n"
                                 "[compare]\n"
                                 "sites = aliyun-cn, tencent-cn, azure-cn, aliyun-intl, aliyun-intl@sg, tencent-intl\n"
                                 "city = Beijing\n"
                                 "region.tencent-intl = ap-hongkong\n"
                                 "discount.aliyun-cn = 15%\n"
                                 "[compute web]\n"
                                 "vcpu = 4\n"
                                 "memory = 16 GiB\n"
                                 "sites = aliyun-cn, tencent-cn, azure-cn, aliyun-intl\n"
                                 "count = 3\n"
                                 "growth = 2% / month\n"
                                 "[compute held]\n"
                                 "sku.tencent-intl = C2.4XLARGE32\n"
                                 "charge = reserved 12 months partial-upfront\n"
                                 "sites = tencent-intl\n"
                                 "growth = 30% / year\n"
                                 "[object-storage pictures]\n"
                                 "size = 40 TiB\n"
                                 "sites = azure-cn\n"
                                 "[object-storage films]\n"
                                 "size = 60 TiB\n"
                                 "sites = azure-cn\n"
                                 "[cost migration]\n"
                                 "amount = 2000 USD\n"
                                 "when = yearly\n"
                                 "vat_rate = 6%\n";

static void read_back(struct saved_case *c)
{
    struct err err;

    if (saved_read(c->json.v, c->json.n, &c->arena, &c->saved, &err) != 0)
        fail_msg("%s", err.text);
}

void saved_case(struct saved_case *c, const char *config)
{
    const struct estimate_options opt = {.lang = "en"};
    const struct report_options how = {.lang = "en"};
    struct prepared p;
    struct err err;

    *c = (struct saved_case){.json = {0}};
    prepare_estimate(&p, config, NULL, &opt);
    if (report_find("json")->write(&p.estimate, &how, &c->json, &err) != 0)
        fail_msg("%s", err.text);
    prepared_free(&p);
    read_back(c);
}

void saved_case_free(struct saved_case *c)
{
    buf_free(&c->json);
    arena_free(&c->arena);
}

char *saved_case_edit(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    struct buf out = {0};

    if (at == NULL)
        fail_msg("no '%s' to replace", from);
    buf_add(&out, text, (size_t)(at - text));
    buf_puts(&out, to);
    buf_puts(&out, at + strlen(from));
    assert_false(out.failed);
    return out.v;
}

const struct saved_site *saved_case_site(const struct saved *s, const char *column)
{
    for (size_t i = 0; i < s->nsites; i++)
        if (!strcmp(s->sites[i].column, column))
            return &s->sites[i];
    fail_msg("no site %s", column);
    return NULL;
}

const struct saved_line *saved_case_line(const struct saved_site *s, const char *label)
{
    for (size_t i = 0; i < s->nlines; i++)
        if (!strcmp(s->lines[i].label, label))
            return &s->lines[i];
    fail_msg("no line %s", label);
    return NULL;
}
