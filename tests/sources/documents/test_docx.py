from __future__ import annotations

import pytest

from contentkit.errors import ContentError
from contentkit.sources.documents.docx import DOCX
from tests.sources.documents.word import (
    BREAK,
    NAMESPACES,
    bold,
    docx,
    footnote,
    item,
    link,
    packed,
    paragraph,
    parts_of,
    picture,
    run,
    table,
)

HIDDEN = "<w:vanish/>"


def written(data: bytes) -> list[str]:
    return list(DOCX.manuscript(data, "notes/call.docx").lines)


def removed(data: bytes) -> tuple[str, ...]:
    return DOCX.manuscript(data, "notes/call.docx").removed


def test_a_document_reads_like_something_a_person_wrote() -> None:
    data = docx(
        paragraph("Notes of the call", style="Title"),
        paragraph("Why", style="Heading2"),
        paragraph("We grew by ", bold("40%"), " in ", run("one", "<w:i/>"), " quarter: ", link("the report", "rId5"), "."),
        item("Berlin"),
        item("Kreuzberg", level=1),
        item("Oaxaca"),
        item("First", numbered=2),
        item("Second", numbered=2),
        paragraph("It was hard.", style="Quote"),
        table(["City", "People"], ["Berlin", "4"]),
        links={"rId5": "https://example.org/report?a=1&b=2"},
    )  # fmt: skip

    assert written(data) == [
        "# Notes of the call", "", "## Why", "",
        "We grew by **40%** in *one* quarter: [the report](https://example.org/report?a=1&b=2).", "",
        "- Berlin", "  - Kreuzberg", "- Oaxaca", "", "1. First", "2. Second", "",
        "> It was hard.", "", "| City | People |", "| --- | --- |", "| Berlin | 4 |",
    ]  # fmt: skip


def test_a_footnote_is_a_footnote() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(paragraph("It doubled.", reference), notes=[footnote(2, "Since May.")])

    assert written(data) == ["It doubled.[^1]", "", "[^1]: Since May."]


def test_an_endnote_is_a_footnote() -> None:
    parts = parts_of(paragraph("It doubled.", '<w:r><w:endnoteReference w:id="2"/></w:r>'))
    parts["word/endnotes.xml"] = f"<w:endnotes {NAMESPACES}>{footnote(2, 'Since May.')}</w:endnotes>".replace(
        "footnote", "endnote"
    )

    assert written(packed(parts)) == ["It doubled.[^1]", "", "[^1]: Since May."]


def test_a_reference_to_a_note_that_is_not_there_is_left_out() -> None:
    assert written(docx(paragraph("It doubled.", '<w:r><w:footnoteReference w:id="7"/></w:r>'))) == ["It doubled."]


def test_a_picture_is_its_alt_text() -> None:
    assert written(docx(paragraph(picture("Chart of errors")), paragraph("Yes."))) == [
        "![Chart of errors]()",
        "",
        "Yes.",
    ]


@pytest.mark.parametrize("tag", ["w:del", "w:moveFrom"])
def test_what_was_deleted_never_comes_out(tag: str) -> None:
    gone = f'<{tag} w:author="Ana">{run("We fired Bob. ")}<w:r><w:delText>We fired Bob.</w:delText></w:r></{tag}>'
    data = docx(paragraph("We grew. ", gone, "A lot."))

    assert written(data) == ["We grew. A lot."]
    assert removed(data) == ("1 tracked deletion",)


def test_what_was_inserted_is_there() -> None:
    added = f'<w:ins w:author="Ana">{run("a lot")}</w:ins>'

    assert written(docx(paragraph("We grew ", added, "."))) == ["We grew a lot."]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    data = docx(paragraph("We ", properties="<w:rPr><w:del/></w:rPr>"), paragraph("grew."))

    assert written(data) == ["We grew."]


def test_comments_never_come_out() -> None:
    parts = parts_of(paragraph("We grew.", '<w:r><w:commentReference w:id="0"/></w:r>'))
    parts["word/comments.xml"] = (
        parts["word/document.xml"].replace("w:document", "w:comments").replace("grew", "shrank")
    )

    assert written(packed(parts)) == ["We grew."]
    assert removed(packed(parts)) == ("1 comment",)


@pytest.mark.parametrize("comment", ["Off the record!", "this is OTR", "extraoficial", "OFF THE\u00a0RECORD"])
def test_a_comment_that_marks_words_as_off_the_record_is_not_passed_over(comment: str) -> None:
    parts = parts_of(paragraph("We fired Bob.", '<w:r><w:commentReference w:id="0"/></w:r>'))
    body = paragraph(run(comment[:3]), run(comment[3:]))
    parts["word/comments.xml"] = f"<w:comments {NAMESPACES}><w:comment>{body}</w:comment></w:comments>"

    with pytest.raises(ContentError, match="off the record") as caught:
        written(packed(parts))

    assert "Bob" not in caught.value.words


def test_a_hidden_mark_of_what_is_off_the_record_is_not_passed_over() -> None:
    with pytest.raises(ContentError, match="off the record"):
        written(docx(paragraph(run("[otr]", HIDDEN), "We fired Bob.", run("[/otr]", HIDDEN))))


def deleted(words: str) -> str:
    return f'<w:del w:author="Ana"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    "said",
    [
        paragraph(deleted("[otr]"), "We fired Bob.", deleted("[/otr]")),
        paragraph(deleted("[off the "), deleted("record]"), "We fired Bob."),
        paragraph(run("[off the record]", "<w:strike/>"), "We fired Bob."),
        paragraph(run("[off the ", "<w:dstrike/>"), run("record]", "<w:dstrike/>"), "We fired Bob."),
    ],
)
def test_a_mark_that_was_deleted_or_crossed_out_is_not_passed_over(said: str) -> None:
    with pytest.raises(ContentError, match="off the record") as caught:
        written(docx(said))

    assert "Bob" not in caught.value.words


def test_a_hidden_mark_in_a_note_is_not_passed_over() -> None:
    parts = parts_of(paragraph("It doubled.", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    note = footnote(2, "We fired Bob.").replace("<w:r ", f"{run('[otr]', HIDDEN)}<w:r ", 1)
    parts["word/footnotes.xml"] = f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>"

    with pytest.raises(ContentError, match="off the record"):
        written(packed(parts))


def test_highlighted_words_are_words_like_others() -> None:
    assert written(docx(paragraph("We ", run("grew", '<w:highlight w:val="yellow"/>'), "."))) == ["We grew."]


def test_headers_and_footers_never_come_out() -> None:
    parts = parts_of(paragraph("We grew."))
    parts["word/header1.xml"] = parts["word/document.xml"].replace("w:document", "w:hdr").replace("grew", "shrank")

    assert written(packed(parts)) == ["We grew."]


_STYLE = '<w:style w:type="{}" w:styleId="{}">{}<w:name w:val="x"/>{}</w:style>'


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph("We grew. ", run("We fired Bob.", HIDDEN)),
        paragraph("We grew. ", run("We fired Bob.", '<w:b/><w:vanish w:val="true"/>')),
        paragraph("We grew. ", run("We fired Bob.", '<w:sz w:val="2"/>')),
        paragraph("We grew. ", run("We fired Bob.", '<w:rStyle w:val="Secret"/>')),
        paragraph("We grew. ", run("We fired Bob.", '<w:rStyle w:val="Child"/>')),
        paragraph("We grew.") + paragraph("We fired Bob.", style="SecretParagraph"),
        paragraph("We grew.") + table(["We fired Bob."]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>"),
    ],
)
def test_hidden_text_is_left_out_and_told(hidden: str) -> None:
    vanishing = f"<w:rPr>{HIDDEN}</w:rPr>"
    data = docx(
        hidden,
        more_styles=[
            _STYLE.format("character", "Secret", "", vanishing),
            _STYLE.format("character", "Child", '<w:basedOn w:val="Secret"/>', ""),
            _STYLE.format("paragraph", "SecretParagraph", "", vanishing),
        ],
    )

    assert written(data) == ["We grew."]
    assert removed(data) == ("1 hidden passage",)


@pytest.mark.parametrize(
    "properties", ['<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', '<w:sz w:val="24"/>', "<w:webHidden/>"]
)
def test_what_is_shown_stays(properties: str) -> None:
    assert written(docx(paragraph(run("We grew.", properties)))) == ["We grew."]


def test_the_mark_of_a_paragraph_may_be_hidden_and_its_words_are_not() -> None:
    assert written(docx(paragraph("We grew.", properties=f"<w:rPr>{HIDDEN}</w:rPr>"))) == ["We grew."]


def test_what_is_crossed_out_was_not_said() -> None:
    assert written(docx(paragraph("We grew ", run("shrank ", "<w:strike/>"), "a lot."))) == ["We grew a lot."]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    graphic = f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    newer = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor>{graphic}</wp:anchor></w:drawing></mc:Choice>'
    older = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f"<w:r><mc:AlternateContent>{newer}<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
    only = f"<w:r><mc:AlternateContent>{newer}</mc:AlternateContent></w:r>"

    assert written(docx(paragraph("Beside it.", both))) == ["Beside it.", "", "In a box."]
    assert written(docx(paragraph("Beside it.", only))) == ["Beside it.", "", "In a box."]


def test_a_link_written_as_a_field_is_a_link() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/a" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("here")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert written(docx(paragraph("Look ", field, "."))) == ["Look [here](https://example.org/a)."]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "\\\\host\\share", "javascript:alert(1)", "word/document.xml"]
)
def test_only_links_to_the_web_are_links(target: str) -> None:
    assert written(docx(paragraph("Look ", link("here", "rId5")), links={"rId5": target})) == ["Look here"]


def test_a_document_of_the_strict_kind_is_read_too() -> None:
    parts = parts_of(paragraph("We grew.", bold(" A lot.")))
    strict = {
        name: part.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, part in parts.items()
    }

    assert written(packed(strict)) == ["We grew. **A lot.**"]


def test_the_names_of_prefixes_mean_nothing() -> None:
    parts = parts_of(paragraph("We grew. ", run("We fired Bob.", HIDDEN)))
    parts["word/document.xml"] = parts["word/document.xml"].replace("w:", "z:").replace("xmlns:w", "xmlns:z")

    assert written(packed(parts)) == ["We grew."]


def test_no_property_of_the_file_comes_out() -> None:
    assert not any("Document1" in line for line in written(docx(paragraph("We grew."))))


def test_breaks_in_a_paragraph_are_lines() -> None:
    said = paragraph(bold("Ana Ruiz"), run("   0:03"), BREAK, run("We grew."))

    assert written(docx(said)) == ["**Ana Ruiz** 0:03  ", "We grew."]


def test_a_document_without_words_says_so() -> None:
    with pytest.raises(ContentError, match=r"^notes/call.docx: says nothing"):
        written(docx(paragraph()))


def test_a_spreadsheet_is_called_by_its_name() -> None:
    with pytest.raises(ContentError, match="is no Word document"):
        written(packed({"xl/workbook.xml": "<x/>"}))


@pytest.mark.parametrize(
    ("data", "name", "is_one"),
    [
        (docx(paragraph("x")), "stdin", True),
        (docx(paragraph("x")), "A CALL.DOCX", True),
        (packed({"a.txt": "x"}), "a.zip", False),
        (b"PK is short for Paul", "a.docx", False),
        (b"", "a.docx", False),
    ],
)
def test_word_documents_are_told_by_their_content(data: bytes, name: str, is_one: bool) -> None:
    assert DOCX.recognises(data, name) is is_one
