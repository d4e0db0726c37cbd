/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One tree of JSON and XML. The pair of answers is the DescribePrice example of Alibaba Cloud's documentation.
 */
#include "tests/support/test.h"

#include "fetchers/answer_tree.h"

#include <stdio.h>
#include <string.h>

static const char json[] =
    "{\"RequestId\":\"04F0F334\",\"PriceInfo\":{\"Price\":{\"Currency\":\"CNY\",\"DiscountPrice\":655.2,"
    "\"OriginalPrice\":4368,\"TradePrice\":3712.8},\"Rules\":{\"Rule\":[{\"Description\":\"Receive a 15% discount\","
    "\"RuleId\":\"ONE_YEAR_85_PERCENT\"},{\"RuleId\":587}]}},\"Empty\":{},\"None\":null,\"Ok\":true}";
static const char xml[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n<DescribePriceResponse>\n  <RequestId>04F0F334</RequestId>\n"
    "  <PriceInfo>\n    <Price>\n      <Currency>CNY</Currency>\n      <DiscountPrice>655.2</DiscountPrice>\n"
    "      <OriginalPrice>4368</OriginalPrice>\n      <TradePrice>3712.8</TradePrice>\n    </Price>\n    <Rules>\n"
    "      <Rule>\n        <Description>Receive a 15% discount </Description>\n"
    "        <RuleId>ONE_YEAR_85_PERCENT</RuleId>\n      </Rule>\n      <Rule><RuleId>587</RuleId></Rule>\n    "
    "</Rules>\n"
    "  </PriceInfo>\n  <Empty/><None></None>\n  <Ok>true</Ok>\n</DescribePriceResponse>\n";

/* "name=text;" or "name{...}" of all that is there. */
static void write_down(const struct answer_node *v, char *out, size_t size)
{
    for (; v != NULL; v = v->next) {
        size_t n = strlen(out);
        snprintf(out + n, size - n, v->first != NULL ? "%s%s{" : "%s=%s;", v->name, v->text);
        write_down(v->first, out, size);
        n = strlen(out);
        snprintf(out + n, size - n, "%s", v->first != NULL ? "}" : "");
    }
}

static const char *tree_of(const char *body, struct arena *a)
{
    char *out = arena_alloc(a, 2000);
    const struct answer_node *root;
    struct err err;

    if (answer_read(body, strlen(body), a, &root, &err) != 0)
        fail_msg("%s", err.text);
    write_down(root->first, out, 2000);
    return out;
}

static void both_formats_are_the_same_tree(void **state)
{
    static const char want[] = "RequestId=04F0F334;PriceInfo{Price{Currency=CNY;DiscountPrice=655.2;OriginalPrice=4368;"
                               "TradePrice=3712.8;}Rules{Rule{Description=Receive a 15% discount;"
                               "RuleId=ONE_YEAR_85_PERCENT;}Rule{RuleId=587;}}}Ok=true;";
    struct arena a = {0};

    (void)state;
    assert_string_equal(tree_of(json, &a), want);
    assert_string_equal(tree_of(xml, &a), want);
    assert_string_equal(tree_of("{\"a\":[],\"b\":[[1,2],[3]],\"c\":\"\"}", &a), "b=1;b=2;b=3;");
    assert_string_equal(tree_of("\xef\xbb\xbf <r><b>1</b><b> 2 </b><c/></r>", &a), "b=1;b=2;");
    assert_string_equal(tree_of("{}", &a), "");
    assert_string_equal(tree_of("{\"p\":0.10,\"q\":1e-05}", &a), "p=0.10;q=1e-05;"); /* numbers as written */
    arena_free(&a);
}

static void members_are_found_along_a_path(void **state)
{
    struct arena a = {0};
    const struct answer_node *root;
    struct err err;
    dec_t v;

    (void)state;
    assert_int_equal(answer_read(xml, strlen(xml), &a, &root, &err), 0);
    assert_string_equal(answer_text(root, "PriceInfo/Price/Currency"), "CNY");
    assert_string_equal(answer_text(root, "PriceInfo/Price/Curr"), "");
    assert_string_equal(answer_text(root, "PriceInfo/Nothing/Currency"), "");
    assert_null(answer_at(root, "Empty"));
    assert_null(answer_at(NULL, "a"));
    assert_true(answer_true(root, "Ok"));
    assert_false(answer_true(root, "RequestId"));
    const struct answer_node *rule = answer_at(root, "PriceInfo/Rules/Rule");
    assert_string_equal(answer_text(answer_more(rule), "RuleId"), "587");
    assert_null(answer_more(answer_more(rule)));
    assert_int_equal(answer_amount(root, "PriceInfo/Price/TradePrice", &v, &err), 1);
    assert_int_equal(dec_cmp(v, dec_of(37128, 1)), 0);
    assert_int_equal(answer_amount(root, "PriceInfo/Price/Nothing", &v, &err), 0);
    assert_int_equal(answer_amount(root, "PriceInfo/Price/Currency", &v, &err), -1);
    arena_free(&a);
}

static void what_is_neither_is_refused(void **state)
{
    static const char *const bodies[] = {"",
                                         "  ",
                                         "[1]",
                                         "{\"a\":",
                                         "<a><b></a>",
                                         "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                                         "plain",
                                         "{\"a\":1,\"a\":2}",
                                         "{\"a\":\"\xff\"}"};
    struct arena a = {0};
    const struct answer_node *root;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_int_equal(answer_read(bodies[i], strlen(bodies[i]), &a, &root, &err), -1);
        assert_int_equal(err.kind, ERR_FETCH);
    }
    arena_free(&a);
}

static void cut_anywhere_is_a_tree_or_an_error(void **state)
{
    struct arena a = {0};
    const struct answer_node *root;
    struct err err;

    (void)state;
    for (size_t i = 0; i + 1 < sizeof json - 1; i++)
        assert_int_equal(answer_read(json, i, &a, &root, &err), -1);
    for (size_t i = 0; i + 2 < sizeof xml - 1; i++)
        assert_int_equal(answer_read(xml, i, &a, &root, &err), -1);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_formats_are_the_same_tree),
        cmocka_unit_test(members_are_found_along_a_path),
        cmocka_unit_test(what_is_neither_is_refused),
        cmocka_unit_test(cut_anywhere_is_a_tree_or_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
