from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.models import Origin
from contentkit.sources import copied, parse_source
from contentkit.sources.copies import is_untouched, origin_in, says_the_same

READ = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("place", ["", "https://example.org/a?b=c", "notes/Ana's call -- 2.docx", "a --> b\nc", "%41"])
def test_a_copy_says_where_it_came_from_and_its_lines_are_the_same(place: str) -> None:
    origin = Origin(place=place, read=READ, cut=2)

    found, lines = origin_in(copied(["We grew.", "", "A lot.", ""], origin).decode().split("\n"))

    assert lines[:3] == ("We grew.", "", "A lot.")
    assert not "".join(lines[3:])
    assert found is not None
    assert (found.read, found.cut) == (READ, 2)
    assert found.place == place.replace("\n", "\\u{a}") or found.place == place


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_the_address_it_is_one_line_at_the_end(place: str) -> None:
    copy = copied(["We grew."], Origin(place=place, read=READ)).decode()

    assert copy.splitlines()[:2] == ["We grew.", ""]
    assert len(copy.splitlines()) == 3
    assert copy.count("-->") == 1
    assert origin_in(copy.split("\n"))[0] is not None


@pytest.mark.parametrize("place", ["a -- b", "a---b", "--", "a--!> b"])
def test_no_address_ends_the_comment_it_stands_in(place: str) -> None:
    note = copied(["We grew."], Origin(place=place, read=READ)).decode().splitlines()[-1]

    assert "--" not in note.removeprefix("<!--").removesuffix("-->")


def test_a_copy_reads_as_its_source_does() -> None:
    source = parse_source(copied(["We grew."], Origin(place="a.docx", read=READ, cut=1)), "notes/a.md")

    assert [passage.text for passage in source.passages] == ["We grew."]
    assert source.origin == Origin(place="a.docx", read=READ, cut=1)


def test_what_was_unclear_in_the_original_is_a_doubt_of_its_copy() -> None:
    origin = Origin(place="a.docx", read=READ, cut=1, unclear=(1, 12))
    source = parse_source(copied(["We grew."], origin), "notes/a.md")

    assert source.origin == origin
    assert source.doubts == (1, 12)


def test_other_texts_have_no_origin() -> None:
    assert origin_in(["We grew.", "<!-- contentkit: copy of nothing -->"])[0] is None
    assert origin_in([])[0] is None


def test_a_copy_is_untouched_until_somebody_edits_it() -> None:
    copy = copied(["We grew.", "", ""], Origin(place="a.docx", read=READ, cut=1)).decode()

    assert is_untouched(copy.split("\n"))
    assert is_untouched(f"{copy}\n\n".split("\n"))
    for edited in (
        copy.replace("grew", "shrank"),
        f"Also: {copy}",
        f"{copy}More.\n",
        copy.replace(", sha:", ", 2 sha:"),
    ):
        assert not is_untouched(edited.split("\n"))
    assert not is_untouched(["We grew."])
    assert not is_untouched([])


def test_texts_that_differ_in_empty_lines_at_their_end_say_the_same() -> None:
    assert says_the_same(["We grew.", "", " "], ["We grew."])
    assert not says_the_same(["", "We grew."], ["We grew."])
