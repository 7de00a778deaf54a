import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source, read_source


def refusal(data: bytes) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_source(data, "notes/call.md")
    assert caught.value.hint
    return caught.value


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^notes/call.md: there is no such file"):
        read_source(tmp_path / "call.md", "notes/call.md")


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^notes: is a folder"):
        read_source(tmp_path, "notes")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "call.md"
    path.write_text("hello")
    path.chmod(0)

    with pytest.raises(ContentError, match="cannot be read"):
        read_source(path, "call.md")


def test_a_path_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")

    with pytest.raises(ContentError, match=r"^loop.md: cannot be read: "):
        read_source(tmp_path / "loop.md", "loop.md")


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    (tmp_path / "call.md").write_text("We grew.\n", encoding="utf-8")

    assert read_source(tmp_path / "call.md", "notes/call.md").passages[0].text == "We grew."


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_nothing_but_space_is_empty(data: bytes) -> None:
    assert refusal(data).message == "notes/call.md: is empty"


@pytest.mark.parametrize("data", [b"---\ntitle: Only this\n---\n", b"<!-- a comment -->", b"---\n---\n", b"***\n"])
def test_a_source_that_says_nothing_is_refused(data: bytes) -> None:
    assert refusal(data).message == "notes/call.md: says nothing"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "looks like a PDF"),
        (b"PK\x03\x04....", "looks like a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "looks like a PNG picture"),
        ("hello".encode("utf-32"), "is binary"),
        (b"words\x00words", "is binary"),
        (bytes(range(1, 32)) * 9, "is binary"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, what: str) -> None:
    assert f"notes/call.md: {what}" in refusal(data).message


def test_broken_utf_16_names_the_line() -> None:
    assert refusal("uno\n".encode("utf-16") + b"\x00\xd8b\x00").message == "notes/call.md:2: not UTF-16 text"
    assert refusal(b"\xfe\xff\x00a\x00").message == "notes/call.md:1: not UTF-16 text"


def test_latin_1_names_the_line_and_is_not_guessed() -> None:
    error = refusal("uno\r\ndos\r\nél dijo".encode("latin-1"))

    assert error.message == "notes/call.md:3: not UTF-8 text"
    assert "UTF-8" in error.hint


def test_a_file_of_more_than_32_mebibytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(32 * 1024 * 1024 + 1)

    with pytest.raises(ContentError, match=r"big.md: larger than 32 MiB"):
        read_source(path, "big.md")


def test_a_text_of_more_than_512_kibibytes_is_refused() -> None:
    assert refusal(b"word " * 110_000).message == "notes/call.md: larger than 512 KiB"


def test_a_table_of_more_cells_than_can_be_read_in_time_is_refused() -> None:
    assert refusal((b"|a" * 1000 + b"|\n") * 101).message == "notes/call.md: a table of more than 100,000 cells"


def test_a_text_of_more_lines_than_can_be_read_in_time_is_refused() -> None:
    assert refusal(b"- a\n" * 25_001).message == "notes/call.md: more than 25,000 lines"
    assert refusal(b"a" + b"\n" * 100_004).message == "notes/call.md: more than 25,000 lines"


def test_pictures_within_a_text_do_not_count_to_its_length() -> None:
    picture = b"iVBORw0KGgo" * 200_000
    source = parse_source(b"We grew. ![][image1]\n\n[image1]: <data:image/png;base64," + picture + b">\n", "call.md")

    assert [(passage.kind, passage.text, passage.target) for passage in source.passages] == [
        ("image", "", "data:image/png;base64,"),
        ("paragraph", "We grew.", ""),
    ]
    assert source.removed == ("1 embedded picture",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_its_mark_says_so(encoding: str) -> None:
    source = parse_source("\ufeffWe grew: ñ, 👋.\r\nA lot.\r\n".encode(encoding), "call.md")

    assert source.lines == ("We grew: ñ, 👋.", "A lot.", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    plain = parse_source(b"# Call\n\nWe grew.\n", "call.md")

    assert parse_source(b"\xef\xbb\xbf" + f"# Call{end}{end}We grew.{end}".encode(), "call.md") == plain


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ndate: a: b\n---\nx", "notes/call.md:2:"),
        ("---\ntitle: x\ntags: [a\n---\nx", "notes/call.md:4:"),
        ("---\ntitle: x\n\nno end", "notes/call.md:1: the front matter does not end"),
        ("+++\ntitle = x\n+++\nx", "notes/call.md:2:"),
        ("---\na: " + "[" * 50 + "]" * 50 + "\n---\nx", "notes/call.md:2:"),
        ("---\nkind: transcript\n---\nNobody speaks.", "notes/call.md: says it is a transcript"),
    ],
)
def test_broken_front_matter_is_refused_with_its_place(text: str, place: str) -> None:
    assert refusal(text.encode()).message.startswith(place)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        place = parse_source(data, "x.md").path
    except ContentError as error:
        place = error.message

    assert place.startswith("x.md")
