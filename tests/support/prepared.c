/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/prepared.h"

#include "calc/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int load(struct prepared *p, const char *text, struct err *err)
{
    char path[] = "/tmp/tco-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct date today;
    assert_true(date_parse("2026-11-21", 10, &today));
    int failed = config_load(&p->config, path, NULL, 0, NULL, today, err);
    unlink(path);
    return failed;
}

static int open_all(struct prepared *p, const char *text, const char *pack, struct err *err)
{
    const char *cache = getenv("TCO_CACHE");
    struct catalogue_options opt = {
        .data_dir = "fixtures", .cache_dir = cache ? cache : "build/test-cache", .pack = pack};
    *p = (struct prepared){0};
    if (load(p, text, err) || catalogue_open(&p->catalogue, &opt, err) ||
        catalogue_rules(p->catalogue, &p->arena, &p->rules, err))
        return -1;
    return config_scenario(&p->config, &p->rules, &p->scenario, err);
}

int prepare_try(struct prepared *p, const char *text, const char *pack, const struct estimate_options *opt,
                struct err *err)
{
    if (open_all(p, text, pack, err))
        return -1;
    return opt ? estimate_run(&p->scenario, &p->rules, p->catalogue, opt, &p->estimate, err) : 0;
}

static void must(struct prepared *p, const char *text, const char *pack, const struct estimate_options *opt)
{
    struct err err = {0};
    if (prepare_try(p, text, pack, opt, &err))
        fail_msg("%s", err.text);
}

void prepare(struct prepared *p, const char *text, const char *pack)
{
    must(p, text, pack, NULL);
}

void prepare_estimate(struct prepared *p, const char *text, const char *pack, const struct estimate_options *opt)
{
    static const struct estimate_options plain = {0};
    must(p, text, pack, opt ? opt : &plain);
}

void prepared_free(struct prepared *p)
{
    estimate_free(&p->estimate);
    scenario_free(&p->scenario);
    catalogue_close(p->catalogue);
    config_free(&p->config);
    arena_free(&p->arena);
}

const struct site_estimate *prepared_site(const struct prepared *p, const char *column)
{
    for (size_t i = 0; i < p->estimate.nsites; i++)
        if (!strcmp(p->estimate.sites[i].column, column))
            return &p->estimate.sites[i];
    fail_msg("no site %s", column);
    return NULL;
}

const struct line *prepared_line(const struct site_estimate *e, const char *label)
{
    for (size_t i = 0; i < e->nlines; i++)
        if (!strcmp(e->lines[i].label, label))
            return &e->lines[i];
    fail_msg("no line %s at %s", label, e->column);
    return NULL;
}
