/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration's file format: what it accepts, and every refusal with its line.
 */
#include "tests/support/test.h"

#include "calc/buf.h"
#include "calc/ini.h"

#include <stdlib.h>
#include <string.h>

/* The file as text, "[section]key=value,line;..." or "!error". The body is copied to exactly its
 * length, so that a sanitizer sees a read past the end. */
static char *dump(const char *body, size_t len)
{
    struct buf out = {0};
    struct arena a = {0};
    struct ini ini = {0};
    struct err err = {0};
    char *copy = malloc(len > 0 ? len : 1);

    assert_non_null(copy);
    memcpy(copy, body, len);
    buf_add(&out, "", 0);
    if (ini_parse(&ini, &a, "c.ini", copy, len, &err) != 0) {
        assert_null(ini.sections);
        buf_printf(&out, "!%s", err.text);
    }
    free(copy);
    for (size_t i = 0; i < ini.n; i++) {
        buf_printf(&out, "[%s,%d]", ini.sections[i].name, ini.sections[i].line);
        for (size_t k = 0; k < ini.sections[i].n; k++) {
            const struct ini_entry *e = &ini.sections[i].entries[k];
            buf_printf(&out, "%s=%s,%d;", e->key, e->value, e->line);
        }
    }
    arena_free(&a);
    return out.v;
}

static void gives_bytes(const char *body, size_t len, const char *want)
{
    char *got = dump(body, len);

    assert_string_equal(got, want);
    free(got);
}

static void gives(const char *body, const char *want)
{
    gives_bytes(body, strlen(body), want);
}

static void a_configuration(void **state)
{
    (void)state;
    gives("[project]\n"
          "name = storefront\n"
          "start=2027-01\n"
          "\n"
          "[buyer]                          ; the default buyer\n"
          "country = CN\n"
          "  [ compute \t web ]  # two machines\n"
          "\tsku.aliyun-cn = ecs.g7.xlarge    ; pinned\n"
          "[fx]\n"
          "USD/CNY = 7.10",
          "[project,1]name=storefront,2;start=2027-01,3;[buyer,5]country=CN,6;"
          "[compute web,7]sku.aliyun-cn=ecs.g7.xlarge,8;[fx,9]USD/CNY=7.10,10;");
}

static void nothing(void **state)
{
    (void)state;
    gives("", "");
    gives("\n\n  \n\t\n", "");
    gives("; only\n# comments\n   ; here\n", "");
    gives("\xEF\xBB\xBF", "");
    gives("[a]", "[a,1]");
}

static void comments_and_values(void **state)
{
    (void)state;
    gives("[a]\nk = v ; note\n", "[a,1]k=v,2;");
    gives("[a]\nk = v # note\n", "[a,1]k=v,2;");
    gives("[a]\nk = v\t;note\n", "[a,1]k=v,2;");
    gives("[a]\nk = b;c\n", "[a,1]k=b;c,2;");
    gives("[a]\nk = b#c#d # e\n", "[a,1]k=b#c#d,2;");
    gives("[a]\nk =\n", "[a,1]k=,2;");
    gives("[a]\nk = ; none\n", "[a,1]k=,2;");
    gives("[a]\nk =; text\n", "[a,1]k=; text,2;");
    gives("[a]\nk = a = b = c\n", "[a,1]k=a = b = c,2;");
    gives("[a]\nk =   inner   blanks \t stay  \n", "[a,1]k=inner   blanks \t stay,2;");
    gives("[a]\ntwo words = x\n", "[a,1]two words=x,2;");
    gives("[a]\nk = [b]\n", "[a,1]k=[b],2;");
    gives("[项目]\n名称 = 阿里云 ; 注释\n", "[项目,1]名称=阿里云,2;");
}

static void line_ends_and_marks(void **state)
{
    (void)state;
    gives("\xEF\xBB\xBF[a]\r\nk = v\r\n\r\nj = w", "[a,1]k=v,2;j=w,4;");
    gives("[a]\nk = v\r", "[a,1]k=v,2;");
    gives("[a]\rk = v\n", "!c.ini:1: a control character");
}

static void refusals(void **state)
{
    (void)state;
    gives("k = v\n", "!c.ini:1: a key before any section");
    gives("; x\n\nvcpu\n", "!c.ini:3: neither '[section]' nor 'key = value'");
    gives("[a]\n= v\n", "!c.ini:2: an empty key");
    gives("[a]\n = v\n", "!c.ini:2: an empty key");
    gives("=\n", "!c.ini:1: an empty key");
    gives("[]\n", "!c.ini:1: an empty section name");
    gives("[a]\n[ \t ]\n", "!c.ini:2: an empty section name");
    gives("[a\n", "!c.ini:1: a section without its closing ]");
    gives("[a ; b]\n", "!c.ini:1: a section without its closing ]");
    gives("[\n", "!c.ini:1: a section without its closing ]");
    gives("[a] b\n", "!c.ini:1: text after the ] of a section");
    gives("[[a]]\n", "!c.ini:1: text after the ] of a section");
    gives("[a]\nk = \xff\n", "!c.ini:2: text that is not UTF-8");
    gives("[a]\n; \xe4\xb8\n", "!c.ini:2: text that is not UTF-8");
    gives("[a]\nk = \x1b[31m\n", "!c.ini:2: a control character");
    gives("[a]\nk = \x7f\n", "!c.ini:2: a control character");
    gives("[a]\nk = \xc2\x85\n", "!c.ini:2: a control character");
    gives_bytes("[a]\nk = v\0\n", 11, "!c.ini:2: a NUL byte");
}

static void repeats(void **state)
{
    (void)state;
    gives("[project]\n[a]\n[project]\n", "!c.ini:3: section [project] given twice (first at line 1)");
    gives("[compute web]\n\n[ compute\t web ]\n", "!c.ini:3: section [compute web] given twice (first at line 1)");
    gives("[compute web]\ncount = 1\nvcpu = 4\n\ncount = 2\n",
          "!c.ini:5: key 'count' given twice in [compute web] (first at line 2)");
    gives("[a]\nk = 1\n[b]\nk = 1\n[K]\nk = 1\nK = 2\n", "[a,1]k=1,2;[b,3]k=1,4;[K,5]k=1,6;K=2,7;");
    gives("[a]\nb =\n[ab]\n[a b]\n", "[a,1]b=,2;[ab,3][a b,4]");
}

static void a_long_name_does_not_push_the_message_out(void **state)
{
    (void)state;
    struct buf body = {0};

    buf_puts(&body, "[a]\n");
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 500; k++)
            buf_puts(&body, "long");
        buf_puts(&body, " = 1\n");
    }
    char *got = dump(body.v, body.n);
    assert_non_null(strstr(got, "c.ini:3: key 'longlong"));
    assert_non_null(strstr(got, "' given twice in [a] (first at line 2)"));
    free(got);
    buf_free(&body);
}

static void ceilings(void **state)
{
    (void)state;
    enum { KIB64 = 64 * 1024 };
    char *body = malloc(INI_BYTES_MAX + 1);

    assert_non_null(body);
    memset(body, 'x', INI_BYTES_MAX + 1);
    memcpy(body, "[a]\nk=", 6);
    body[4 + KIB64] = '\n';
    char *got = dump(body, 4 + KIB64 + 1);
    assert_int_equal(got[0], '[');
    free(got);
    body[4 + KIB64] = 'x';
    body[4 + KIB64 + 1] = '\n';
    gives_bytes(body, 4 + KIB64 + 2, "!c.ini:2: a line over 64 KiB");

    memset(body, ' ', INI_BYTES_MAX + 1);
    for (size_t i = 0; i <= INI_BYTES_MAX; i += 1000)
        body[i] = '\n';
    gives_bytes(body, INI_BYTES_MAX, "");
    gives_bytes(body, INI_BYTES_MAX + 1, "!c.ini: larger than 4 MiB");

    memset(body, '\n', 100001);
    gives_bytes(body, 100000, "");
    gives_bytes(body, 100001, "!c.ini:100001: over 100000 lines");
    free(body);
}

/* A hundred thousand names: a search that looks at all before would take minutes. */
static void many_names(void **state)
{
    (void)state;
    struct buf body = {0};
    struct arena a = {0};
    struct ini ini;
    struct err err;

    for (int i = 0; i < 300; i++) {
        buf_printf(&body, "[s%d]\n", i);
        for (int k = 0; k < 300; k++)
            buf_printf(&body, "k%d=%d\n", k, i * 300 + k);
    }
    assert_int_equal(ini_parse(&ini, &a, "c.ini", body.v, body.n, &err), 0);
    assert_int_equal(ini.n, 300);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(ini.sections[i].n, 300);
        for (size_t k = 0; k < 300; k++)
            assert_int_equal(strtol(ini.sections[i].entries[k].value, NULL, 10), i * 300 + k);
    }
    arena_free(&a);
    buf_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_configuration),
        cmocka_unit_test(nothing),
        cmocka_unit_test(comments_and_values),
        cmocka_unit_test(line_ends_and_marks),
        cmocka_unit_test(refusals),
        cmocka_unit_test(repeats),
        cmocka_unit_test(a_long_name_does_not_push_the_message_out),
        cmocka_unit_test(ceilings),
        cmocka_unit_test(many_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
