/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbooks made by hand: every kind of cell, the ways in which programs write them, and hostile ones. Those that
 * LibreOffice wrote are in test_sheet.
 */
#include "tests/support/test.h"

#include "tests/support/workbook_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_OFFICE "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static void reads(const struct workbook *w, const char *expected)
{
    char *shown = workbook_shown(w);

    assert_string_equal(shown, expected);
    free(shown);
}

static void sheet_reads(const char *rows, const char *expected)
{
    reads(&(struct workbook){.sheet = rows}, expected);
}

/* The message, without "error: ", behind whatever rows came before. */
static void refused(const struct workbook *w, const char *says)
{
    char *shown = workbook_shown(w), *error = strstr(shown, "error: ");

    if (error == NULL)
        fail_msg("read: %s", shown);
    assert_string_equal(error + strlen("error: "), says);
    free(shown);
}

static void sheet_refused(const char *rows, const char *says)
{
    refused(&(struct workbook){.sheet = rows}, says);
}

/* An archive of its own making. */
static void archive_reads(struct archive *a, const char *expected)
{
    archive_end(a);
    char *shown = sheet_shown(a->bytes.v, a->bytes.n, NULL, NULL);
    assert_string_equal(shown, expected);
    free(shown);
    archive_free(a);
}

/* ---- cells ---- */

static void every_type_of_cell_is_read(void **state)
{
    (void)state;
    reads(&(struct workbook){.sheet = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>12.5</v></c>"
                                      "<c r=\"C2\" t=\"n\"><v>1.0E-2</v></c><c r=\"D2\" t=\"b\"><v>1</v></c>"
                                      "<c r=\"E2\" t=\"b\"><v>0</v></c><c r=\"F2\" t=\"e\"><v>#N/A</v></c>"
                                      "<c r=\"G2\" t=\"str\"><f>A1</f><v>x &amp; y</v></c>"
                                      "<c r=\"H2\" t=\"inlineStr\"><is><t>in</t></is></c>"
                                      "<c r=\"I2\" t=\"d\"><v>2026-11-21T08:00:00</v></c></row>",
                             .strings = "<si><t>first</t></si><si><t>\xE4\xBB\xB7</t></si>"},
          "S:2 T[\xE4\xBB\xB7] N[12.5] N[0.01] B[TRUE] B[FALSE] E[#N/A] T[x & y]f T[in] D[2026-11-21]\n");
}

static void texts_are_put_together_from_their_runs(void **state)
{
    (void)state;
    reads(
        &(struct workbook){
            .sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
                     "<c t=\"inlineStr\"><is><r><t>a</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> "
                     "b</t></r></is></c></row>",
            .strings =
                "<si><r><rPr><b/></rPr><t>ESSD</t></r><r><t xml:space=\"preserve\"> PL1</t></r></si>"
                "<si><t>\xE8\xAA\xB2\xE9\x87\x91</t><rPh sb=\"0\" eb=\"2\"><t>\xE3\x82\xAB</t></rPh><phoneticPr/></si>"
                "<si><t/></si>"},
        "S:1 T[ESSD PL1] T[\xE8\xAA\xB2\xE9\x87\x91] _ T[a b]\n");
}

/* Elements of other namespaces are passed over with all that is in them. */
static void what_others_put_into_a_text_is_not_read(void **state)
{
    (void)state;
    reads(&(struct workbook){.sheet = "<row><c t=\"s\"><v>0</v></c></row>",
                             .strings = "<si><t>a<y:q xmlns:y=\"urn:y\">z<t>y</t></y:q>b</t></si>"},
          "S:1 T[ab]\n");
}

static void escapes_in_texts_are_resolved(void **state)
{
    (void)state;
    reads(&(struct workbook){.sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>a_x005F_b_x00e9_</v></c>"
                                      "<c t=\"str\"><v>_x000_ _x00zz_ _xD83D_ _x0000_ _</v></c></row>",
                             .strings = "<si><t>a_x0009_b_x4EF7_</t></si>"},
          "S:1 T[a\tb\xE4\xBB\xB7] T[a_b\xC3\xA9] T[_x000_ _x00zz_ _xD83D_ _x0000_ _]\n");
}

/* Style 0 General, 1 built-in day, 2 percent, 3 own day, 4 time. */
#define STYLES                                                                                                         \
    "<numFmts><numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"                 \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                                               \
    "<cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"165\"/><xf numFmtId=\"20\"/></cellXfs>"

static void days_and_percentages_are_told_by_the_style(void **state)
{
    (void)state;
    reads(&(struct workbook){.sheet =
                                 "<row><c><v>40729</v></c><c s=\"1\"><v>40729</v></c><c s=\"2\"><v>0.06</v></c>"
                                 "<c s=\"3\"><v>40729.5</v></c><c s=\"4\"><v>0.5</v></c><c s=\"1\"><v>60</v></c></row>",
                             .styles = STYLES},
          "S:1 N[40729] D[2011-07-05] N[0.06]% D[2011-07-05] N[0.5] N[60]\n");
    reads(&(struct workbook){.sheet = "<row><c s=\"1\"><v>39267</v></c></row>",
                             .styles = STYLES,
                             .settings = "<workbookPr date1904=\"1\"/>"},
          "S:1 D[2011-07-05]\n");
    refused(&(struct workbook){.sheet = "<row><c s=\"5\"><v>1</v></c></row>", .styles = STYLES},
            "q, sheet 'S', row 1: cell A1: its style is not among those of the workbook");
    sheet_refused("<row><c s=\"1\"><v>1</v></c></row>",
                  "q, sheet 'S', row 1: cell A1: its style is not among those of the workbook");
    refused(&(struct workbook){.sheet = "<row/>",
                               .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0%\"/>"
                                         "<numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts>"},
            "q: xl/styles.xml: two number formats of the id 164");
}

static void cells_that_are_no_values_are_refused(void **state)
{
#define AT "q, sheet 'S', row 7: cell C7: "
#define C7(cell) "<row r=\"7\"><c r=\"C7\" " cell "</row>"

    (void)state;
    sheet_refused(C7("t=\"x\"><v>1</v></c>"), AT "unknown type 'x' (known: b, d, e, inlineStr, n, s, str)");
    sheet_refused(C7("><v>1,5</v></c>"), AT "its value is no number");
    sheet_refused(C7("><v>NaN</v></c>"), AT "its value is no number");
    sheet_refused(C7("t=\"b\"><v>2</v></c>"), AT "it is neither true nor false");
    sheet_refused(C7("t=\"d\"><v>2026-02-30</v></c>"), AT "it is no day");
    sheet_refused(C7("t=\"d\"><v>20:00</v></c>"), AT "it is no day");
    sheet_refused(C7("t=\"s\"><v>0</v></c>"), AT "its text is not among those that the workbook holds");
    sheet_refused(C7("t=\"s\"><v>-1</v></c>"), AT "its text is not among those that the workbook holds");
    sheet_refused(C7("t=\"e\"><v></v></c>"), AT "an error without its name");
    sheet_refused(C7("><v>1</v><v>2</v></c>"), AT "more than one value");
    sheet_refused(C7("><is><t>1</t></is></c>"), AT "a text where its type says there is none");
    sheet_refused(C7("s=\"-1\"><v>1</v></c>"), AT "its style is no number");
    sheet_refused(C7("><w>1</w></c>"), AT "an unknown element (known: v, f, is)");
}

/* ---- formulas ---- */

static void formulas_are_read_by_the_value_the_file_keeps(void **state)
{
#define NONE "a formula without its value (open the file in a spreadsheet program, save it)"

    (void)state;
    sheet_reads(
        "<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>\"\"</f><v></v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
        "<c><f t=\"shared\" si=\"0\"/><v>0</v></c></row>",
        "S:1 N[2]f _ E[#DIV/0!]f N[0]f\n");
    sheet_refused(C7("><f>1+1</f></c>"), AT NONE);
    sheet_refused(C7("><f>1+1</f><v/></c>"), AT NONE);
    sheet_refused(C7("t=\"str\"><f>A1</f></c>"), AT NONE);
    sheet_refused(C7("t=\"b\"><f>A1</f><v></v></c>"), AT NONE);
}

/* What libraries write that cannot calculate: a 0 in the place of every value. */
static void a_zero_that_was_never_calculated_is_no_value(void **state)
{
    struct workbook w = {.sheet = C7("><f>1+1</f><v>0</v></c>"), .settings = "<calcPr fullCalcOnLoad=\"1\"/>"};

    (void)state;
    refused(&w, AT "a formula that was never calculated (open the file in a spreadsheet program, save it)");
    w.sheet = "<row><c><f>1+1</f><v>2</v></c><c><v>0</v></c></row>";
    reads(&w, "S:1 N[2]f N[0]\n");
    w = (struct workbook){.sheet = "<row><c><f>1-1</f><v>0</v></c></row>",
                          .settings = "<calcPr fullCalcOnLoad=\"0\"/>"};
    reads(&w, "S:1 N[0]f\n");
}

/* ---- rows ---- */

static void places_may_be_left_out(void **state)
{
    (void)state;
    sheet_reads("<row><c><v>1</v></c><c r=\"D1\"><v>4</v></c><c><v>5</v></c></row><row/>"
                "<row><c><v>3</v></c></row><row r=\"9\"><c><v>9</v></c></row><row><c><v>10</v></c></row>",
                "S:1 N[1] _ _ N[4] N[5]\nS:3 N[3]\nS:9 N[9]\nS:10 N[10]\n");
}

static void what_is_out_of_order_is_refused(void **state)
{
    (void)state;
    sheet_refused("<row r=\"3\"/><row r=\"2\"/>", "q, sheet 'S', row 3: row 2 comes behind row 3");
    sheet_refused("<row r=\"3\"/><row r=\"3\"/>", "q, sheet 'S', row 3: row 3 comes behind row 3");
    sheet_refused("<row r=\"0\"/>", "q, sheet 'S': row 0 comes behind row 0");
    sheet_refused("<row r=\"x\"/>", "q, sheet 'S': 'x' is no number of a row");
    sheet_refused("<row r=\"1048577\"/>", "q, sheet 'S': '1048577' is no number of a row");
    sheet_refused("<row r=\"1048576\"/><row/>", "q, sheet 'S', row 1048576: row 1048577 comes behind row 1048576");
    sheet_refused("<row><c r=\"B1\"/><c r=\"A1\"/></row>", "q, sheet 'S', row 1: cell 'A1' is out of its order");
    sheet_refused("<row><c r=\"B1\"/><c r=\"B1\"/></row>", "q, sheet 'S', row 1: cell 'B1' is out of its order");
    sheet_refused("<row><c r=\"A2\"/></row>", "q, sheet 'S', row 1: cell 'A2' is out of its order");
    sheet_refused("<row><c r=\"XFE1\"/></row>", "q, sheet 'S', row 1: 'XFE1' is no cell");
    sheet_refused("<row><c r=\"A1:B1\"/></row>", "q, sheet 'S', row 1: 'A1:B1' is no cell");
    sheet_refused("<row><c r=\"\"/></row>", "q, sheet 'S', row 1: '' is no cell");
    sheet_refused("<row><c r=\"XFD1\"/><c/></row>", "q, sheet 'S', row 1: more than 16384 columns");
}

static void merged_cells_repeat_their_first_one(void **state)
{
    (void)state;
    reads(
        &(struct workbook){
            .sheet = "<row><c t=\"str\"><v>Title</v></c></row>"
                     "<row r=\"2\"><c t=\"str\"><v>cpu</v></c><c><v>1</v></c></row>"
                     "<row r=\"3\"><c r=\"B3\"><v>2</v></c></row><row r=\"4\"><c/></row>",
            .behind = "<mergeCells count=\"2\"><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A1:C1\"/></mergeCells>"},
        "S:1 T[Title] T[Title]m T[Title]m\nS:2 T[cpu] N[1]\nS:3 T[cpu]m N[2]\n");
    refused(&(struct workbook){.sheet = "<row/>", .behind = "<mergeCells><mergeCell ref=\"A1\"/></mergeCells>"},
            "q, sheet 'S': 'A1' is no merged area");
    /* A text that only looks like it. */
    sheet_reads("<row><c t=\"str\"><v>mergeCell</v></c></row>", "S:1 T[mergeCell]\n");
}

static void hidden_rows_and_sheets_are_told_not_dropped(void **state)
{
    struct sheet_facts facts;
    struct archive a;

    (void)state;
    workbook_make(&a, &(struct workbook){
                          .sheet = "<row hidden=\"1\"><c><v>1</v></c></row><row hidden=\"true\"><c><v>2</v></c></row>"
                                   "<row hidden=\"0\"><c><v>3</v></c></row><row hidden=\"1\"/>",
                          .sheets = "<sheet name=\"S\" state=\"veryHidden\" r:id=\"rS\"/>"});
    archive_end(&a);
    char *shown = sheet_shown(a.bytes.v, a.bytes.n, NULL, &facts);
    assert_string_equal(shown, "S:1hH N[1]\nS:2hH N[2]\nS:3H N[3]\n");
    assert_int_equal(facts.rows, 3);
    assert_int_equal(facts.hidden_rows, 2);
    assert_int_equal(facts.sheets, 1);
    free(shown);
    archive_free(&a);
}

/* ---- workbooks ---- */

#define SHEET(rows) "<worksheet xmlns=\"" MAIN "\"><sheetData>" rows "</sheetData></worksheet>"

static void sheets_come_in_the_order_of_the_workbook(void **state)
{
    struct archive a;

    (void)state;
    workbook_make(&a, &(struct workbook){
                          .sheet = "<row><c><v>1</v></c></row>",
                          .sheets = "<sheet name=\"Zwei\" r:id=\"rB\"/><sheet name=\"Chart\" r:id=\"rC\"/>"
                                    "<sheet name=\"A &amp; B\" r:id=\"rS\"/>",
                          .relations =
                              "<Relationship Id=\"rB\" Type=\"" OFFICE "/worksheet\" Target=\"../xl/./other.xml\"/>"
                              "<Relationship Id=\"rC\" Type=\"" OFFICE "/chartsheet\" Target=\"chart.xml\"/>"
                              "<Relationship Id=\"rX\" Type=\"" OFFICE "/externalLink\" Target=\"file:///etc/passwd\" "
                              "TargetMode=\"External\"/>"});
    archive_put(&a, "xl/other.xml", SHEET("<row><c><v>2</v></c></row>"));
    archive_reads(&a, "Zwei:1 N[2]\nA & B:1 N[1]\n");
}

static void strict_workbooks_and_prefixes_are_read(void **state)
{
    struct archive a = {.n = 0};

    (void)state;
    archive_put(&a, "_rels/.rels",
                "<p:Relationships xmlns:p=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                "<p:Relationship Id=\"r1\" Type=\"" STRICT_OFFICE
                "/officeDocument\" Target=\"/book.xml\"/></p:Relationships>");
    archive_put(&a, "_rels/book.xml.rels",
                RELATIONS "<Relationship Id=\"q\" Type=\"" STRICT_OFFICE
                          "/worksheet\" Target=\"s.xml\"/></Relationships>");
    archive_put(&a, "book.xml",
                "<x:workbook xmlns:x=\"" STRICT "\" xmlns:o=\"" STRICT_OFFICE "\" conformance=\"strict\">"
                "<x:sheets><x:sheet name=\"S\" o:id=\"q\" id=\"none\"/></x:sheets></x:workbook>");
    archive_put(
        &a, "s.xml",
        "<x:worksheet xmlns:x=\"" STRICT "\" xmlns:y=\"urn:other\"><y:sheetData><y:row/></y:sheetData><x:sheetData>"
        "<x:row><x:c "
        "t=\"d\"><x:v>2026-11-21</x:v><x:extLst><x:v>9</x:v></x:extLst></x:c></x:row></x:sheetData></x:worksheet>");
    archive_reads(&a, "S:1 D[2026-11-21]\n");
}

static void relationships_out_of_the_workbook_are_refused(void **state)
{
    static const char *const targets[] = {
        "../../s.xml", "http://127.0.0.1/s.xml", "file:///etc/passwd", "..\\s.xml", "/..", ""};
    char relation[300], says[300];

    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        snprintf(relation, sizeof relation, "<Relationship Id=\"rB\" Type=\"" OFFICE "/worksheet\" Target=\"%s\"/>",
                 targets[i]);
        snprintf(says, sizeof says, "q: sheet 'S': its worksheet lies outside of it: '%s'", targets[i]);
        if (*targets[i] == '\0') /* the folder itself */
            snprintf(says, sizeof says, "q: sheet 'S': its part 'xl' is missing");
        refused(&(struct workbook){.sheets = "<sheet name=\"S\" r:id=\"rB\"/>", .relations = relation}, says);
    }
    refused(&(struct workbook){.sheet = "<row/>",
                               .sheets = "<sheet name=\"S\" r:id=\"rB\"/>",
                               .relations =
                                   "<Relationship Id=\"rB\" Type=\"" OFFICE "/worksheet\" TargetMode=\"External\" "
                                   "Target=\"worksheets/sheet1.xml\"/>"},
            "q: sheet 'S': its worksheet lies outside of it: 'worksheets/sheet1.xml'");
    refused(
        &(struct workbook){.sheet = "<row/>",
                           .relations = "<Relationship Id=\"rT\" Type=\"" OFFICE "/sharedStrings\" Target=\"/../x\"/>"},
        "q: its sharedStrings lies outside of it: '/../x'");
}

static void what_is_missing_is_named(void **state)
{
    struct archive a = {.n = 0};

    (void)state;
    refused(&(struct workbook){.sheet = NULL}, "q: sheet 'S': its part 'xl/worksheets/sheet1.xml' is missing");
    refused(&(struct workbook){.sheet = "<row/>", .sheets = ""}, "q: a workbook without sheets");
    refused(&(struct workbook){.sheet = "<row/>", .sheets = "<sheet r:id=\"rS\"/>"},
            "q: xl/workbook.xml: a sheet without name or relationship");
    refused(&(struct workbook){.sheet = "<row/>", .sheets = "<sheet name=\"S\" r:id=\"r7\"/>"},
            "q: sheet 'S': its relationship 'r7' is missing");
    refused(&(struct workbook){.sheet = "<row/>",
                               .sheets = "<sheet name=\"S\" r:id=\"rS\"/><sheet name=\"T\" r:id=\"rS\"/>"},
            "q: sheets 'S' and 'T' are one and the same part");
    refused(
        &(struct workbook){.sheet = "<row/>",
                           .sheets = "<sheet name=\"S\" r:id=\"rM\"/>",
                           .relations = "<Relationship Id=\"rM\" Type=\"http://x/xlMacrosheet\" Target=\"m.xml\"/>"},
        "q: sheet 'S': a 'xlMacrosheet' cannot be read (known: worksheet)");
    archive_put(&a, "_rels/.rels",
                RELATIONS "<Relationship Id=\"r\" Type=\"" OFFICE
                          "/officeDocument\" Target=\"xl/w.xml\"/></Relationships>");
    archive_reads(&a, "error: q: its part 'xl/w.xml' is missing");
}

static void what_is_no_workbook_is_called_by_its_name(void **state)
{
    struct archive a = {.n = 0};

    (void)state;
    archive_put(&a, "notes.txt", "hello");
    archive_reads(&a, "error: q: this is an archive without a workbook (known: .xlsx, .csv)");
    archive_put(&a, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    archive_put(&a, "content.xml", "<a/>");
    archive_reads(&a, "error: q: this is an OpenDocument file (known: .xlsx, .csv)");
    archive_put(&a, "_rels/.rels",
                RELATIONS "<Relationship Id=\"r\" Type=\"" OFFICE
                          "/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
    archive_put(&a, "word/document.xml", "<a/>");
    archive_reads(&a, "error: q: this is a Word document (known: .xlsx, .csv)");
    archive_put(&a, "_rels/.rels",
                RELATIONS "<Relationship Id=\"r\" Type=\"" OFFICE
                          "/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>");
    archive_put(&a, "xl/workbook.bin", "\x83\x01");
    archive_reads(&a, "error: q: this is a binary workbook, .xlsb (known: .xlsx, .csv)");
}

/* ---- hostile ones ---- */

static void entities_and_other_elements_are_refused(void **state)
{
    (void)state;
    sheet_refused("<?xml version=\"1.0\"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                  "<worksheet xmlns=\"" MAIN
                  "\"><sheetData><row><c t=\"str\"><v>&x;</v></c></row></sheetData></worksheet>",
                  "q, sheet 'S': line 1: a document type (none is read)");
    refused(&(struct workbook){.sheet = "<row/>", .strings = "</sst><!DOCTYPE a><sst>"},
            "q: xl/sharedStrings.xml: line 1: not XML: Extra content at the end of the document");
    sheet_refused("<?xml version=\"1.0\"?><a/>", "q, sheet 'S': its root element 'a' is not of a workbook");
    sheet_refused("<?xml version=\"1.0\"?><chartsheet xmlns=\"" MAIN "\"/>",
                  "q, sheet 'S': an element 'chartsheet' (allowed: worksheet)");
    sheet_refused("<tr/>", "q, sheet 'S': an element 'tr' (allowed: row)");
    sheet_refused("<row><td/></row>", "q, sheet 'S', row 1: an element 'td' (allowed: c)");
    sheet_refused("<row/></sheetData><sheetData>", "q, sheet 'S', row 1: its rows come in two parts");
    sheet_refused("<m:AlternateContent xmlns:m=\"urn:m\"><row/></m:AlternateContent>",
                  "q, sheet 'S': an element 'AlternateContent' (allowed: row, c, v, f, is)");
    refused(&(struct workbook){.sheet = "<row/>", .strings = "<t>x</t>"},
            "q: xl/sharedStrings.xml: an element 't' among the texts (allowed: si)");
}

static void a_sheet_that_is_cut_gives_no_row(void **state)
{
    struct archive a;

    (void)state;
    workbook_make(&a, &(struct workbook){.sheet = NULL});
    archive_add(&a, &(struct archive_part){
                        .name = "xl/worksheets/sheet1.xml", .body = SHEET("<row><c><v>1</v></c></row>"), .crc = 1});
    archive_reads(&a, "error: q, sheet 'S': it cannot be unpacked: CRC error");
}

static char *many(const char *head, size_t n, const char *tail)
{
    size_t at = strlen(head);
    char *text = malloc(at + n + strlen(tail) + 1);

    assert_non_null(text);
    memcpy(text, head, at);
    uint32_t random = 1; /* what does not pack well */
    for (size_t i = 0; i < n; i++)
        text[at + i] = (char)('a' + ((random = random * 1664525 + 1013904223) >> 24) % 26);
    memcpy(text + at + n, tail, strlen(tail) + 1);
    return text;
}

static void a_cell_of_32_mb_is_refused(void **state)
{
    char *rows = many("<row><c t=\"str\"><v>", 32 << 20, "</v></c></row>");

    (void)state;
    sheet_refused(rows, "q, sheet 'S', row 1: a cell of more than 1048576 bytes");
    free(rows);
    rows = many("<si><t>", 32 << 20, "</t></si>");
    refused(&(struct workbook){.sheet = "<row/>", .strings = rows},
            "q: xl/sharedStrings.xml: a cell of more than 1048576 bytes");
    free(rows);
}

static int count(void *ctx, const struct sheet_row *row, struct err *err)
{
    size_t *n = ctx;

    (void)row, (void)err;
    ++*n;
    return 0;
}

static void refused_after(const struct workbook *w, size_t rows, const char *says)
{
    struct archive a;
    struct sheet_facts facts;
    struct err err = {0};
    size_t n = 0;

    workbook_make(&a, w);
    archive_end(&a);
    assert_int_equal(sheet_read("q", a.bytes.v, a.bytes.n, NULL, count, &n, &facts, &err), -1);
    assert_string_equal(err.text, says);
    assert_int_equal(n, rows);
    archive_free(&a);
}

/* One cell at the far right of each row: few bytes, but a million of them would be 16,384 million blank cells. */
static void wide_and_empty_sheets_are_bounded(void **state)
{
    struct buf rows = {0};

    (void)state;
    for (int i = 1; i <= 13000; i++)
        buf_printf(&rows, "<row r=\"%d\"><c r=\"XFD%d\"><v>%d</v></c></row>", i, i, i);
    refused_after(&(struct workbook){.sheet = rows.v}, 200000000 / 16384, "q: more than 200000000 cells");
    buf_free(&rows);
}

/* Also those that are in the file only once, as who takes a row may have to copy it. */
static void texts_together_are_bounded(void **state)
{
    char *shared = many("<si><t>", 1 << 20, "</t></si>"), *own = many("<c t=\"str\"><v>", 1 << 20, "</v></c>");
    struct buf rows = {0};

    (void)state;
    buf_puts(&rows, "<row>");
    for (int i = 0; i < 17; i++)
        buf_puts(&rows, own);
    buf_puts(&rows, "</row>");
    refused_after(&(struct workbook){.sheet = rows.v}, 0, "q, sheet 'S', row 1: a row of more than 16777216 bytes");
    refused_after(&(struct workbook){.sheet = "<row><c t=\"s\"><v>0</v></c></row>",
                                     .strings = shared,
                                     .behind = "<mergeCells><mergeCell ref=\"A1:Z1\"/></mergeCells>"},
                  0, "q, sheet 'S', row 1: a row of more than 16777216 bytes");
    rows.n = 0;
    for (int i = 0; i < 1025; i++)
        buf_puts(&rows, "<row><c t=\"s\"><v>0</v></c></row>");
    refused_after(&(struct workbook){.sheet = rows.v, .strings = shared}, 1024,
                  "q: its cells hold more than 1073741824 bytes");
    free(shared);
    free(own);
    buf_free(&rows);
}

static void limits_are_kept(void **state)
{
    struct archive a;
    struct {
        struct sheet_limits limits;
        const char *says;
    } cases[] = {
        {{.rows = 1}, "S:1 T[abc] N[1]\nerror: q: more than 1 rows"},
        {{.columns = 1}, "error: q, sheet 'S', row 1: more than 1 columns"},
        {{.cell = 2}, "error: q, sheet 'S', row 1: a cell of more than 2 bytes"},
        {{.bytes = 500}, "error: q: it unpacks to more than is allowed"},
    };

    (void)state;
    workbook_make(&a, &(struct workbook){
                          .sheet = "<row><c t=\"str\"><v>abc</v></c><c><v>1</v></c></row><row><c><v>2</v></c></row>"});
    archive_end(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *shown = sheet_shown(a.bytes.v, a.bytes.n, &cases[i].limits, NULL);
        assert_string_equal(shown, cases[i].says);
        free(shown);
    }
    archive_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_of_cell_is_read),
        cmocka_unit_test(texts_are_put_together_from_their_runs),
        cmocka_unit_test(what_others_put_into_a_text_is_not_read),
        cmocka_unit_test(escapes_in_texts_are_resolved),
        cmocka_unit_test(days_and_percentages_are_told_by_the_style),
        cmocka_unit_test(cells_that_are_no_values_are_refused),
        cmocka_unit_test(formulas_are_read_by_the_value_the_file_keeps),
        cmocka_unit_test(a_zero_that_was_never_calculated_is_no_value),
        cmocka_unit_test(places_may_be_left_out),
        cmocka_unit_test(what_is_out_of_order_is_refused),
        cmocka_unit_test(merged_cells_repeat_their_first_one),
        cmocka_unit_test(hidden_rows_and_sheets_are_told_not_dropped),
        cmocka_unit_test(sheets_come_in_the_order_of_the_workbook),
        cmocka_unit_test(strict_workbooks_and_prefixes_are_read),
        cmocka_unit_test(relationships_out_of_the_workbook_are_refused),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(what_is_no_workbook_is_called_by_its_name),
        cmocka_unit_test(entities_and_other_elements_are_refused),
        cmocka_unit_test(a_sheet_that_is_cut_gives_no_row),
        cmocka_unit_test(a_cell_of_32_mb_is_refused),
        cmocka_unit_test(wide_and_empty_sheets_are_bounded),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(texts_together_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
