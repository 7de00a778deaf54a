import pytest

from contentkit.models import Link, Source
from contentkit.sources import parse_source


def read(text: str) -> Source:
    return parse_source(text.encode(), "notes/call.md")


CALL = """\
# A call

Recorded in May.

**Ana Ruiz:** \\[00:10\\] Why did you
start [it](https://a.b)?

**Bob:** Because nobody else did.

\\[00:42\\] And it was *fun*.

## Part two

Some editor's words.

**Ana Ruiz:** Yes.
"""


def test_turns_carry_their_speaker_and_lines() -> None:
    source = read(CALL)

    assert source.kind == "transcript"
    assert [(p.kind, p.speaker, p.text, p.first, p.last) for p in source.passages] == [
        ("heading", "", "A call", 1, 1),
        ("paragraph", "", "Recorded in May.", 3, 3),
        ("turn", "Ana Ruiz", "Why did you start it?", 5, 6),
        ("turn", "Bob", "Because nobody else did.", 8, 8),
        ("turn", "Bob", "And it was fun.", 10, 10),
        ("heading", "", "Part two", 12, 12),
        ("paragraph", "", "Some editor's words.", 14, 14),
        ("turn", "Ana Ruiz", "Yes.", 16, 16),
    ]
    assert source.passages[2].links == (Link(text="it", url="https://a.b", line=6),)
    assert source.speakers == {"Bob": 8, "Ana Ruiz": 6}


@pytest.mark.parametrize(
    "label",
    [
        "Ana:", "ANA:", "**Ana:**", "**Ana**:", "__Ana:__", "Ana Ruiz:", "Ana de la Cruz:", "Ana (CEO):",
        "**Ana (CEO):**", "Dr. Ana O’Hara-Li:", "**Ana Ruiz, M.D.:**", "Ana Ruiz, PhD:", "**Ana, CEO:**",
        "[00:12] Ana:", "00:12 Ana:", "00:01:12 Ana:", "Ana [00:12]:", "**Ana** [00:12]:", "**Ana [00:12]:**",
        "\\[01:00:12.50\\] **Ana:**",
        "Ana: [00:12]", "Speaker 1:", "Łukasz:", "王芳:",
    ],
)  # fmt: skip
def test_labels_of_many_forms_name_a_speaker(label: str) -> None:
    source = read(f"{label} hello there\nBob: hi\n{label} again")

    assert [passage.text for passage in source.passages] == ["hello there", "hi", "again"]
    assert len(source.speakers) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Host: Why did you start?\n\nAna: Because nobody else did.",
        "Ana:\nhello\n\nBob:\nhi\n\nAna:\nbye",
        "**Ana:** one\n\n**Ana:** two\n\n**Ana:** three",
        "---\nlanguage: en\n---\nAna: hi\nBob: hi\nAna: bye",
        "- Ana is here\n\nAna: hi\n\nBob: hi\n\nAna: bye",
        "## Money\n\nAna: Who pays?\n\nBob: Teams.\n\n## Work\n\nAna: Who works?\n\nBob: Teams.",
        "## Money\n\nAna: hi\n\nBob: hi\n\nAna: so\n\n## Work\n\nAna: hi\n\nBob: hi",
        "## Who pays?\n\n**Ana:** Teams.\n\n## Who works?\n\n**Ana:** Teams.\n\n## Why?\n\n**Ana:** Teams.",
    ],
)
def test_people_who_speak_make_a_transcript(text: str) -> None:
    assert read(text).kind == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "TODO: call Bob\nWhy: he asked\nTODO: call Ana",
        "TODO: call Bob\n\nWhy: he asked",
        "Pricing: 20\nLaunch: May\nPricing: 30",
        "We met today.\n\nAna: will call\n\nBob: will write",
        "- Ana: will call\n- Bob: will write\n- Ana: will pay",
        "Note: one\n\nNote: two\n\nNote: three",
        "Decisión: sí\nFecha: mayo\nDecisión: no",
        "http://a.b\nhttp://c.d\nhttp://a.b",
        "we said this: yes\nthey said that: no\nwe said this: no",
        "\n\n".join(["A long post."] * 20 + ["Ana: hi", "Bob: hi", "Ana: bye"]),
        "\n\n".join(["Ana: hi", "Bob: hi", "Ana: bye"] + ["A long post."] * 20),
        "```\nAna: hi\n```",
        "## Slow lanes\n\n**Symptom:** one\n\n**Remedy:** two\n\n## Lost lanes\n\n**Symptom:** three\n\n**Remedy:** four",
        "### 1. Reminder\n\n**Effect on Others**: one\n\n### 2. Ban\n\n**Effect on Others**: two\n\n### 3. End\n\n"
        "**Effect on Others**: three",
    ],
)
def test_words_with_a_colon_do_not_make_a_transcript(text: str) -> None:
    assert read(text).kind == "note"


def test_words_behind_a_heading_without_a_label_are_nobodys() -> None:
    words = next(passage for passage in read(CALL).passages if passage.first == 14)

    assert words.speaker == ""


def test_a_break_in_a_recording_is_no_turn() -> None:
    source = read("**Ana:** hi\n\n**Bob:** hi\n\n**Break:** \\[24:00\\]\n\n**Ana:** bye")

    assert [passage.text for passage in source.passages] == ["hi", "hi", "bye"]


def test_items_in_a_turn_are_passages_of_its_speaker() -> None:
    source = read("Ana: hi\nBob: two things:\n- one\n- two\nAna: bye")

    assert [(p.speaker, p.text) for p in source.passages][1:4] == [
        ("Bob", "two things:"),
        ("Bob", "one"),
        ("Bob", "two"),
    ]
