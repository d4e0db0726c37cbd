/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * QuerySkuPriceList: every machine, disk and traffic price of a commodity, some 18,700 SKUs in pages of 50. Regions
 * have names of the billing there. A page's SKUs: {"SkuFactorMap": {"vm_region_no", "instance_type" ...},
 * "CskuPriceList": [{"PriceType", "PriceMode", "Price", "Currency", "RangeList"}]}, in older answers one level deeper.
 */
#include "fetchers/aliyun_parts.h"

#include <string.h>

/* A SKU as the reader of its list needs it; `like` has region, currency, basis and day. */
struct sku {
    const struct answer_node *factors, *prices;
    struct fetch_price like;
};

static int take_machine(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err);
static int take_disk(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err);
static int take_traffic(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err);

static const struct list {
    const char *entity, *condition;
    int (*take)(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err);
} lists[] = {
    {"instance_type", "{\"vm_os_kind\":[\"linux\"]}", take_machine},
    {"datadisk", NULL, take_disk},
    {"vm_flow_out", NULL, take_traffic},
};
enum { LISTS = sizeof lists / sizeof *lists };

static int ask(struct aliyun *s, struct fetch_request *out, struct err *err)
{
    (void)err;
    if (s->lists.list == LISTS)
        return FETCH_DONE;
    const struct list *l = &lists[s->lists.list];
    const struct aliyun_parameter parameters[] = {
        {"Action", "QuerySkuPriceList"},
        {"Version", "2017-12-14"},
        {"CommodityCode", s->book->commodity},
        {"PriceEntityCode", l->entity},
        {"PriceFactorConditionMap", l->condition},
        {"PageSize", "50"},
        {"NextPageToken", s->lists.token},
        {"Lang", "en"},
        {NULL, NULL},
    };
    out->endpoint = "bss";
    out->name = arena_printf(&s->question, "skus/%s/%s/%04d", s->book->commodity, l->entity, s->lists.page + 1);
    out->url = aliyun_url(s, "bss", parameters);
    return FETCH_ASK;
}

/* ---- one price ---- */

static bool is_plain(const struct answer_node *price)
{
    const char *mode = answer_text(price, "PriceMode");

    return (*mode == '\0' || !strcmp(mode, "NORMAL_PRICE")) && answer_at(price, "RangeList") == NULL;
}

/* The items of a list, also where they are wrapped once more: {"CskuPriceList": {"CSkuPriceDTO": [...]}}. */
static const struct answer_node *items(const struct answer_node *v, const char *list, const char *wrapped)
{
    const struct answer_node *found = answer_at(v, list), *inner = answer_at(found, wrapped);

    return inner != NULL ? inner : found;
}

static int put_plain(struct aliyun *s, struct sku *sku, const struct answer_node *price, struct harvest *out,
                     struct err *err)
{
    struct fetch_price p = sku->like;
    int found = aliyun_amounts(price, "Price", "", &p, err);

    (void)s;
    if (found < 0)
        return -1;
    if (found == 0)
        return harvest_skip(out, "no price, or 0", 1, err);
    return harvest_price(out, &p, err) == 0 ? 1 : -1;
}

static int take_machine(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err)
{
    const char *type = answer_text(sku->factors, "instance_type");

    sku->like.service = "compute";
    sku->like.sku = type;
    sku->like.os = answer_text(sku->factors, "vm_os_kind");
    sku->like.unit = UNIT_HOUR;
    if (strcmp(sku->like.os, "linux") != 0)
        return harvest_skip(out, "operating system other than linux", 1, err);
    for (const struct answer_node *v = sku->prices; v != NULL; v = answer_more(v)) {
        if (strcmp(answer_text(v, "PriceType"), "hourPrice") != 0 || !is_plain(v)) {
            if (harvest_skip(out, "price of a machine other than by the hour", 1, err) != 0)
                return -1;
            continue;
        }
        int rc = put_plain(s, sku, v, out, err);
        const char *key = rc > 0 ? arena_printf(&s->answer, "%s %s", sku->like.region, type) : "";
        int *listed = rc > 0 && key != NULL ? intern_number(&s->listed, key, strlen(key)) : NULL;
        if (rc < 0 || (rc > 0 && listed == NULL))
            return rc < 0 ? -1 : err_nomem(err);
        if (listed != NULL)
            *listed = 1;
    }
    return 0;
}

static bool is_level(const char *text)
{
    return !strncmp(text, "PL", 2) && text[2] >= '0' && text[2] <= '3' && text[3] == '\0';
}

/* Storage comes by the hour or by the month, and says which. */
static int take_disk(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err)
{
    const char *category = answer_text(sku->factors, "datadisk_category");
    const char *level = answer_text(sku->factors, "datadisk_performance_level");

    if (!strcmp(category, "cloud_essd") && !is_level(level))
        return harvest_skip(out, "cloud_essd without a performance level", 1, err);
    if (strcmp(category, "cloud_essd") != 0 && *level != '\0' && strcmp(level, "PL1") != 0)
        return harvest_skip(out, "performance level of a disk that has none", 1, err);
    sku->like.service = "block-storage";
    sku->like.sku = aliyun_disk_sku(&s->answer, category, level);
    if (sku->like.sku == NULL)
        return err_nomem(err);
    for (const struct answer_node *v = sku->prices; v != NULL; v = answer_more(v)) {
        bool hourly = !strcmp(answer_text(v, "PriceType"), "hourPrice");
        bool monthly = !strcmp(answer_text(v, "PriceType"), "monthPrice");
        if ((!hourly && !monthly) || !is_plain(v)) {
            if (harvest_skip(out, "price of a disk other than by hour or month", 1, err) != 0)
                return -1;
            continue;
        }
        sku->like.unit = hourly ? UNIT_GIB_HOUR : UNIT_GIB_MONTH;
        sku->like.charge = hourly ? CHARGE_ON_DEMAND : CHARGE_PREPAID;
        sku->like.term_months = hourly ? 0 : 1;
        if (put_plain(s, sku, v, out, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- traffic: steps of the month ---- */

/* The bounds of a step; "LORC" is left open, right closed, as marginal tiers are. 1, 0 for other than that, -1. */
static int bounds(const struct answer_node *price, struct fetch_price *p, struct err *err)
{
    const struct answer_node *range = answer_at(price, "RangeList");
    dec_t to;

    if (range == NULL || answer_more(range) != NULL || strcmp(answer_text(range, "Type"), "LORC") != 0)
        return 0;
    if (answer_amount(range, "Min", &p->tier_from, err) < 0)
        return -1;
    int has = !strcmp(answer_text(range, "Max"), "-1") ? 0 : answer_amount(range, "Max", &to, err);
    p->bounded = has > 0;
    p->tier_to = has > 0 ? to : DEC_ZERO;
    return has < 0 ? -1 : 1;
}

/* Is any step's price above 0? Free quantities stand before it, and alone they say nothing. */
static int any_paid(const struct answer_node *prices, bool *paid, struct err *err)
{
    *paid = false;
    for (const struct answer_node *v = prices; v != NULL; v = answer_more(v)) {
        dec_t price;
        int found = answer_amount(v, "Price", &price, err);
        if (found < 0)
            return -1;
        *paid |= found > 0 && dec_sign(price) > 0;
    }
    return 0;
}

static int put_step(struct sku *sku, const struct answer_node *price, struct harvest *out, struct err *err)
{
    struct fetch_price p = sku->like;

    if (is_plain(price)) {
        int found = aliyun_amounts(price, "Price", "", &p, err);
        return found < 0 ? -1 : found > 0 ? harvest_price(out, &p, err) : harvest_skip(out, "no price, or 0", 1, err);
    }
    if (strcmp(answer_text(price, "PriceMode"), "STEP_ACCUMULATION") != 0)
        return harvest_skip(out, "steps that change the price of the whole quantity", 1, err);
    int known = bounds(price, &p, err);
    int found = known > 0 ? answer_amount(price, "Price", &p.price, err) : known;
    if (known < 0 || found < 0)
        return -1;
    if (known == 0 || found == 0)
        return harvest_skip(out, "a step without price or bounds that are known", 1, err);
    p.scope = SCOPE_MONTH;
    return harvest_price(out, &p, err);
}

static int take_traffic(struct aliyun *s, struct sku *sku, struct harvest *out, struct err *err)
{
    bool paid;

    (void)s;
    sku->like.service = "egress";
    sku->like.sku = "ecs_public_traffic";
    sku->like.unit = UNIT_GB;
    if (any_paid(sku->prices, &paid, err) != 0)
        return -1;
    if (!paid)
        return harvest_skip(out, "no price, or 0", 1, err);
    for (const struct answer_node *v = sku->prices; v != NULL; v = answer_more(v))
        if (put_step(sku, v, out, err) != 0)
            return -1;
    return 0;
}

/* ---- a page ---- */

/* An alias that is a region's own name is not known either: the two kinds of names never mix. */
static int take_sku(struct aliyun *s, const struct answer_node *v, struct harvest *out, struct err *err)
{
    struct sku sku = {.factors = answer_at(v, "SkuFactorMap"), .prices = items(v, "CskuPriceList", "CSkuPriceDTO")};
    const char *alias = answer_text(sku.factors, "vm_region_no"), *id = aliyun_region_of(alias), *region;

    if (sku.prices == NULL)
        return harvest_skip(out, "no price, or 0", 1, err);
    if (id == NULL) {
        const char *reason = arena_printf(&s->answer, "unknown region %s", aliyun_plain(alias));
        return reason != NULL ? harvest_skip(out, reason, 1, err) : err_nomem(err);
    }
    if (aliyun_region(s->job, id, &region, out, err) != 0)
        return -1;
    if (region == NULL)
        return 0;
    if (aliyun_like(s, answer_text(sku.prices, "Currency"), &sku.like, err) != 0)
        return -1;
    sku.like.region = region;
    sku.like.charge = CHARGE_ON_DEMAND;
    return lists[s->lists.list].take(s, &sku, out, err);
}

/* Is there another page, and was it not had before? */
static int turn(struct aliyun *s, const struct answer_node *page, struct harvest *out, struct err *err)
{
    const char *token = answer_text(page, "NextPageToken");

    s->lists.page++;
    if (*token == '\0') {
        size_t missing = s->lists.total > s->lists.seen ? s->lists.total - s->lists.seen : 0;
        s->lists.list++;
        s->lists.page = 0;
        s->lists.token = NULL;
        s->lists.seen = s->lists.total = 0;
        return harvest_skip(out, "announced by a list, but on none of its pages", missing, err);
    }
    int *had = intern_number(&s->lists.tokens, token, strlen(token));
    s->lists.token = arena_strdup(&s->arena, token);
    if (had == NULL || s->lists.token == NULL)
        return err_nomem(err);
    return (*had)++ == 0 ? 0 : err_set(err, ERR_FETCH, "the pages lead round in circles");
}

static int read_page(struct aliyun *s, const struct answer_node *page, struct harvest *out, struct err *err)
{
    dec_t total = DEC_ZERO;

    if (page == NULL)
        return err_set(err, ERR_FETCH, "no 'Data/SkuPricePage' in the answer");
    if (answer_amount(page, "TotalCount", &total, err) < 0)
        return -1;
    if (dec_sign(total) > 0 && dec_cmp(total, dec_int64(INT32_MAX)) < 0)
        s->lists.total = (size_t)(total.v / DEC_ONE_UNIT);
    for (const struct answer_node *v = items(page, "SkuPriceList", "SkuPricePageDTO"); v != NULL; v = answer_more(v)) {
        s->lists.seen++;
        if (take_sku(s, v, out, err) != 0)
            return -1;
    }
    return turn(s, page, out, err);
}

static int take_answer(struct aliyun *s, const struct fetch_answer *in, const struct answer_node *root,
                       struct harvest *out, struct err *err)
{
    enum aliyun_verdict verdict;
    const char *code;

    if (aliyun_verdict(in, root, "Data", true, &verdict, &code, err) != 0)
        return -1;
    if (verdict == ALIYUN_AGAIN)
        return FETCH_AGAIN;
    if (verdict != ALIYUN_GOOD)
        return aliyun_refuse(root, err);
    return read_page(s, answer_at(root, "Data/SkuPricePage"), out, err) == 0 ? FETCH_READ : -1;
}

const struct aliyun_stage aliyun_lists = {ask, take_answer};
