/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetchers/aliyun_answer.h"

#include <string.h>

static const struct aliyun_error {
    const char *code;
    enum aliyun_verdict verdict;
    const char *what;
} errors[] = {
#define ERROR(code, verdict, what) {code, ALIYUN_##verdict, what},
#include "fetchers/aliyun_errors.def"
#undef ERROR
};

static const struct alias {
    const char *region, *alias;
} aliases[] = {
#define REGION(id, alias) {id, alias},
#include "fetchers/aliyun_regions.def"
#undef REGION
};

const char *aliyun_region_of(const char *alias)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (!strcmp(aliases[i].alias, alias))
            return aliases[i].region;
    return NULL;
}

bool aliyun_has_alias(const char *region)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (!strcmp(aliases[i].region, region))
            return true;
    return false;
}

static bool fits(const char *code, const char *pattern)
{
    size_t n = strlen(pattern);

    return pattern[n - 1] == '*' ? !strncmp(code, pattern, n - 1) : !strcmp(code, pattern);
}

/* A code in full goes before the ones that begin alike. */
static const struct aliyun_error *find_error(const char *code)
{
    const struct aliyun_error *found = NULL;

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (fits(code, errors[i].code) && (found == NULL || !strcmp(code, errors[i].code)))
            found = &errors[i];
    return found;
}

/* Messages about signatures quote the question with the key's id: those are not passed on. */
static int stop(const struct aliyun_error *e, struct err *err)
{
    return err_set(err, ERR_FETCH, "refused with %.*s: %s", (int)strcspn(e->code, "*"), e->code, e->what);
}

int aliyun_refuse(const struct answer_node *root, struct err *err)
{
    return err_set(err, ERR_FETCH, "refused with %.60s: %.200s", answer_text(root, "Code"),
                   answer_text(root, "Message"));
}

static int judge_error(const struct answer_node *root, const char *content, enum aliyun_verdict *out, struct err *err)
{
    const char *code = answer_text(root, "Code");
    const struct aliyun_error *e = find_error(code);

    if (*code == '\0' || (!strcmp(code, "Success") && answer_at(root, content) == NULL))
        return err_set(err, ERR_FETCH, "no '%s' in the answer, and no 'Code' that says why", content);
    /* So GetSubscriptionPrice answers for what it does not price though it is sold. */
    if (strstr(answer_text(root, "Message"), "PRICING_PLAN_RESULT_NOT_FOUND") != NULL) {
        *out = ALIYUN_NO_PLAN;
        return 0;
    }
    if (e == NULL)
        return aliyun_refuse(root, err);
    *out = e->verdict;
    return e->verdict == ALIYUN_STOP ? stop(e, err) : 0;
}

int aliyun_verdict(const struct fetch_answer *in, const struct answer_node *root, const char *content,
                   bool says_success, enum aliyun_verdict *out, const char **code, struct err *err)
{
    *code = answer_text(root, "Code");
    *out = ALIYUN_GOOD;
    if (in->status < 400 && answer_at(root, content) != NULL && (!says_success || answer_true(root, "Success")))
        return 0;
    return judge_error(root, content, out, err);
}
