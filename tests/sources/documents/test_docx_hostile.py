"""What strangers pack to do harm: each is answered by a sentence or a result, within two seconds and 512 MiB."""

from __future__ import annotations

import contextlib
import copy
import io
import stat
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources.confined import converted
from contentkit.sources.documents.archive import opened
from contentkit.sources.documents.docx import DOCX
from tests.sources.documents.word import NAMESPACES, document, docx, item, packed, paragraph, parts_of, run, table

GOOD = parts_of(paragraph("We grew."))
SAID = ["We grew."]


def with_part(name: str, content: str | bytes) -> bytes:
    return packed({**GOOD, name: content})


def with_body(*body: str) -> bytes:
    return with_part("word/document.xml", document(*body))


def altered(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """The good document, its list of entries changed before it is written."""
    file = io.BytesIO()
    archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
    for name, content in GOOD.items():
        archive.writestr(name, content)
    change(archive)
    archive.close()
    return file.getvalue()


def entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    return archive.getinfo("word/document.xml")


def overlapping(archive: zipfile.ZipFile) -> None:
    twin = copy.copy(entry(archive))
    twin.filename = twin.orig_filename = "word/other.xml"
    archive.filelist.append(twin)


def twice(archive: zipfile.ZipFile) -> None:
    archive.filelist.append(copy.copy(entry(archive)))


def too_small(archive: zipfile.ZipFile) -> None:
    entry(archive).file_size = 10


def too_large(archive: zipfile.ZipFile) -> None:
    entry(archive).file_size = 2**40


def beyond_the_end(archive: zipfile.ZipFile) -> None:
    entry(archive).compress_size = 10_000_000


def locked(archive: zipfile.ZipFile) -> None:
    entry(archive).flag_bits |= 1


def strangely_packed(archive: zipfile.ZipFile) -> None:
    entry(archive).compress_type = 99


def linked(archive: zipfile.ZipFile) -> None:
    entry(archive).external_attr = (stat.S_IFLNK | 0o777) << 16


def doctype(inner: str, use: str = "") -> str:
    body = document(paragraph("We grew.")).replace("We grew.", f"We grew.{use}")
    return f"<!DOCTYPE d [{inner}]>{body}"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20)).replace("&l0;", "ha")
BOMBS = {
    "200 MB of spaces": lambda: with_part("word/document.xml", " " * 200_000_000),
    "200 MB of styles": lambda: with_part("word/styles.xml", " " * 200_000_000),
    "an archive in an archive": lambda: with_part("word/document.xml", docx(paragraph("x"))),
    "two entries in the same bytes": lambda: altered(overlapping),
    "an entry twice": lambda: altered(twice),
    "a size that is too small": lambda: altered(too_small),
    "a size that is too large": lambda: altered(too_large),
    "bytes beyond the end": lambda: altered(beyond_the_end),
    "a password": lambda: altered(locked),
    "an unknown packing": lambda: altered(strangely_packed),
    "a symbolic link": lambda: altered(linked),
    "5,000 entries": lambda: packed({**GOOD, **{f"word/{number}.xml": "" for number in range(5000)}}),
    "an absolute path": lambda: with_part("/etc/passwd", ""),
    "a path that climbs": lambda: with_part("word/../../x", ""),
    "a path of another system": lambda: with_part("..\\x", ""),
    "a drive": lambda: with_part("C:/x", ""),
    "a file outside": lambda: with_part("word/document.xml", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")),
    "a document type outside": lambda: with_part("word/document.xml", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x"><d/>'),
    "an entity of parameters": lambda: with_part("word/styles.xml", '<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///x"> %x;]><d/>'),
    "a billion laughs": lambda: with_part("word/document.xml", doctype(LAUGHS, "&l19;")),
    "laughs in relations": lambda: with_part("word/_rels/document.xml.rels", doctype(LAUGHS, "&l19;")),
    "a quadratic entity": lambda: with_part("word/document.xml", doctype(f'<!ENTITY x "{"a" * 100_000}">', "&x;" * 10_000)),
    "a document type in UTF-16": lambda: with_part("word/document.xml", doctype('<!ENTITY x "y">').encode("utf-16")),
    "100,000 elements within each other": lambda: with_part("word/document.xml", "<a>" * 100_000 + "</a>" * 100_000),
    "200 tables within each other": lambda: with_body(
        "<w:tbl><w:tr><w:tc>" * 200 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 200
    ),
    "a million elements": lambda: with_body("<w:p/>" * 1_000_000),
    "no XML": lambda: with_part("word/document.xml", "We grew."),
    "no document": lambda: packed({name: part for name, part in GOOD.items() if name != "word/document.xml"}),
    "an endless encoding": lambda: with_part("word/document.xml", b'<?xml version="1.0" encoding="x-none"?><d/>'),
    "half an archive": lambda: packed(GOOD)[:-300],
    "only the beginning": lambda: b"PK\x03\x04" + b"\x00" * 100,
}  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_sentence(bomb: str) -> None:
    with pytest.raises(ContentError) as caught:
        converted("contentkit.sources.documents.docx:DOCX", BOMBS[bomb](), "notes/call.docx")

    assert caught.value.message.startswith("notes/call.docx: ")
    assert "takes too long" not in caught.value.message, "it is told before it is read"
    assert caught.value.hint


def named_twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", document(paragraph("We shrank.")))


def last_beyond_the_end(archive: zipfile.ZipFile) -> None:
    archive.filelist[-1].compress_size = 10_000_000


@pytest.mark.parametrize("change", [named_twice, last_beyond_the_end])
def test_an_archive_that_can_be_read_in_two_ways_is_not_opened(change: Callable[[zipfile.ZipFile], None]) -> None:
    with pytest.raises(ContentError, match="packed as no word processor"):
        opened(altered(change), "notes/call.docx")


def test_a_part_that_is_packed_too_well_is_not_unpacked() -> None:
    with pytest.raises(ContentError, match="packed as no word processor packs"):
        DOCX.manuscript(with_part("word/document.xml", " " * 10_000_000), "notes/call.docx")


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
HEAVY = {
    "30,000 fields that never end": lambda: with_body(paragraph(FIELD * 30_000 + run("We grew."))),
    "30,000 paragraphs": lambda: with_body(paragraph("We grew.") * 30_000),
    "20,000 items of rising depth": lambda: with_body(*(item("x", level % 9) for level in range(20_000))),
    "one word of 10 MB": lambda: with_body(paragraph("a" * 900_000 + "b" * 9_000_000)),
    "1 MB of brackets": lambda: with_body(paragraph("[" * 500_000 + "*_" * 200_000)),
    "a table of 10,000 rows of one long and short ones": lambda: with_body(table(["x"] * 5000, *(["y"] for _ in range(10_000)))),
    "300,000 namespaces": lambda: with_part(
        "word/document.xml", f"<d {' '.join(f'xmlns:n{number}={chr(34)}u{chr(34)}' for number in range(300_000))}/>"
    ),
    "20,000 styles, each based on the next": lambda: with_part(
        "word/styles.xml",
        f"<w:styles {NAMESPACES}>"
        + "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000))
        + "</w:styles>",
    ),
}  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize("heavy", HEAVY)
def test_a_heavy_document_is_a_sentence_or_a_result(heavy: str) -> None:
    with contextlib.suppress(ContentError):
        assert converted("contentkit.sources.documents.docx:DOCX", HEAVY[heavy](), "notes/call.docx").lines


def test_pictures_of_any_size_are_not_read() -> None:
    parts: dict[str, str | bytes] = {**GOOD, "word/media/image1.png": b"\x89PNG" + bytes(range(256)) * 100_000}

    assert list(DOCX.manuscript(packed(parts), "a.docx").lines) == SAID


def test_relations_that_lead_out_of_the_archive_lead_nowhere() -> None:
    parts = dict(GOOD)
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "styles.xml", "../../../etc/passwd"
    )

    assert list(DOCX.manuscript(packed(parts), "a.docx").lines) == SAID


MENDED = packed(parts_of(paragraph("We grew. ", run("x", "<w:vanish/>")), item("one"), table(["a", "b"])))


def reads_or_refuses(data: bytes) -> None:
    with contextlib.suppress(ContentError):
        DOCX.manuscript(data, "notes/call.docx")


def damaged(damage: list[tuple[int, int]]) -> bytes:
    data = bytearray(MENDED)
    for place, byte in damage:
        data[place % len(data)] = byte
    return bytes(data)


DAMAGE = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=6).map(damaged)
# XML that may stand in a body, well-formed and senseless.
TAGS = [
    "w:p", "w:r", "w:t", "w:pPr", "w:rPr", "w:tbl", "w:tr", "w:tc", "w:trPr", "w:tcPr", "w:vMerge", "w:vanish", "w:numPr",
    "w:ilvl", "w:numId", "w:hyperlink", "w:fldChar", "w:instrText", "w:sdt", "w:sdtContent", "w:del", "w:ins", "w:drawing",
    "w:pict", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "a:blip", "wp:docPr", "w:txbxContent", "w:sym", "w:br",
    "w:footnoteReference", "w:body", "x",
]  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["w:val", "w:id", "r:id", "r:embed", "w:type", "w:fldCharType", "descr", "w:char", "w:font"]),
    st.sampled_from(["", "0", "1", "-1", "begin", "end", "separate", "rId5", "continue", "F0A7", "Wingdings", "x"]),
    max_size=2,
).map(lambda given: "".join(f' {key}="{value}"' for key, value in given.items()))
XML = st.recursive(
    st.sampled_from(["", "word", "<w:t>We grew.</w:t>", " HYPERLINK ", "<w:t>[otr]</w:t>"]),
    lambda inner: st.tuples(st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=4)).map(
        lambda it: f"<{it[0]}{it[1]}>{''.join(it[2])}</{it[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(DAMAGE | st.lists(XML, max_size=4).map(lambda body: docx(*body)))
def test_whatever_a_document_holds_it_is_read_or_refused(data: bytes) -> None:
    reads_or_refuses(data)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(DAMAGE | st.lists(XML, max_size=4).map(lambda body: docx(*body)))
def test_whatever_a_document_holds_it_is_read_or_refused_many_times(data: bytes) -> None:
    reads_or_refuses(data)
