import contextlib
import gc

import pytest

from contentkit.errors import ContentError
from contentkit.sources import parse_source


def texts(note: str) -> list[str]:
    source = parse_source(note.encode(), "notes/call.txt")
    assert source.kind == "note"
    return [passage.text for passage in source.passages]


def test_short_lines_are_statements_of_their_own() -> None:
    assert texts("Talked with Ana\nPricing goes to 20\nLaunch in May") == [
        "Talked with Ana",
        "Pricing goes to 20",
        "Launch in May",
    ]


def test_wrapped_prose_is_joined() -> None:
    prose = (
        "We built it because nobody else would, and then it turned out\n"
        "that people wanted it. It took three years of evenings, and I\n"
        "Never did it alone."
    )

    assert texts(prose) == [prose.replace("\n", " ")]


def test_a_sentence_goes_on_over_a_short_line() -> None:
    assert texts("We built this,\nAna and I,\nbecause we could.") == ["We built this, Ana and I, because we could."]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "▪"])
def test_items_stay_apart(bullet: str) -> None:
    assert texts(f"{bullet} one\n{bullet} two") == ["one", "two"]


def test_indented_text_is_no_code() -> None:
    source = parse_source(b"Ana said:\n\n    we grew", "call.txt")

    assert [passage.kind for passage in source.passages] == ["paragraph", "paragraph"]


def test_wiki_links_leave_their_words() -> None:
    assert texts("See [[Pricing|the page]] and [[Launch]].") == ["See the page and Launch."]


def test_each_statement_has_its_own_lines() -> None:
    source = parse_source(b"# Call\n\nOne thing\nAnother thing", "call.md")

    assert [(passage.first, passage.last) for passage in source.passages] == [(1, 1), (3, 3), (4, 4)]


@pytest.mark.parametrize("text", ["We grew.", "---\na: [\n---\n", "|a|\n|-|\n|b|\n"])
def test_reading_leaves_the_collector_of_garbage_as_it_was(text: str) -> None:
    with contextlib.suppress(ContentError):
        parse_source(text.encode(), "notes/call.md")

    assert gc.isenabled()


def test_who_put_an_item_on_the_list_is_no_part_of_it() -> None:
    listed = "# Call\n\n- [david] It breaks\n  - [Ana Ruiz] 40 of [52](/x) are done\n- [TODO] tell\n- [x] told\n- [question] why?"

    assert [passage.text for passage in parse_source(listed.encode(), "notes/call.md").passages] == [
        "Call", "It breaks", "40 of 52 are done", "[TODO] tell", "told", "[question] why?",
    ]  # fmt: skip
    assert parse_source(b"- [david] It breaks\n- It works\n", "notes/call.md").passages[0].text == "[david] It breaks"
