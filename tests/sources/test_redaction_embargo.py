"""Embargoes: what may be read now and published later."""

from datetime import UTC, datetime

import pytest

from contentkit.errors import ContentError
from contentkit.sources import parse_source, reading_of

NINE_IN_NEW_YORK = datetime(2026, 12, 1, 14, tzinfo=UTC)


def embargoed(text: str) -> list[tuple[str, datetime | None]]:
    return [(passage.text, passage.embargo) for passage in parse_source(text.encode(), "notes/call.md").passages]


@pytest.mark.parametrize(
    "marked",
    [
        "[embargo until 2026-12-01 09:00 America/New_York] We launch. [/embargo]",
        "[Embargo until 2026-12-01 09:00 -05:00]\nWe launch.\n[/embargo]",
        "[embargoed until 2026-12-01 14:00 UTC: We launch.]",
        "[embargo hasta 2026-12-01 15:00 Europe/Madrid] We launch. [/embargo]",
        "\\[embargo until 2026-12-01 09:00 America/New\\_York\\] We launch. \\[/embargo\\]",
        "Embargo until 2026-12-01 09:00 America/New_York: We launch.",
        "- Under embargo until 2026-12-01 09:00 America/New_York: We launch.",
    ],
)
def test_an_embargoed_passage_has_its_time_and_no_mark(marked: str) -> None:
    assert embargoed(f"Before.\n\n{marked}\n\nAfter.") == [
        ("Before.", None),
        ("We launch.", NINE_IN_NEW_YORK),
        ("After.", None),
    ]


def test_an_embargo_of_the_front_matter_is_one_of_the_whole_file() -> None:
    said = embargoed("---\ntitle: Plan\nembargo: 2026-12-01 09:00 America/New_York\n---\n\nOne.\n\nTwo.")

    assert [until for _, until in said] == [NINE_IN_NEW_YORK] * 3


def test_an_unclosed_embargo_reaches_to_the_end_of_the_file() -> None:
    said = embargoed("Before.\n\n[embargo until 2026-12-01 14:00 UTC]\n\nOne.\n\n# Two\n")

    assert said == [("Before.", None), ("One.", NINE_IN_NEW_YORK), ("Two", NINE_IN_NEW_YORK)]


@pytest.mark.parametrize(
    "mark", ["Embargo until 2026-12-01 14:00 UTC:", "**Under embargo until 2026-12-01 14:00 UTC.**"]
)
def test_a_line_of_its_own_is_an_embargo_of_all_that_follows(mark: str) -> None:
    assert embargoed(f"Before.\n\n{mark}\n\nOne.\n\nTwo.")[-2:] == [
        ("One.", NINE_IN_NEW_YORK),
        ("Two.", NINE_IN_NEW_YORK),
    ]


def test_of_embargoes_within_each_other_the_latest_counts() -> None:
    inner = "[embargo until 2027-01-01 UTC]\n\nTwo.\n\n[/embargo]"
    text = f"[embargo until 2026-12-01 14:00 UTC]\n\nOne.\n\n{inner}\n\nThree.\n\n[/embargo]"

    assert embargoed(text) == [
        ("One.", NINE_IN_NEW_YORK),
        ("Two.", datetime(2027, 1, 1, tzinfo=UTC)),
        ("Three.", NINE_IN_NEW_YORK),
    ]


def test_a_date_alone_is_the_beginning_of_that_day() -> None:
    assert embargoed("[embargo until 2026-12-01 Europe/Madrid: We launch.]") == [
        ("We launch.", datetime(2026, 11, 30, 23, tzinfo=UTC))
    ]


def test_of_a_time_that_the_clocks_show_twice_it_is_the_later() -> None:
    [(_, until)] = embargoed("[embargo until 2026-11-01 01:30 America/New_York: We launch.]")

    assert until is not None
    assert until.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("[embargo until Monday]", "needs a time such as"),
        ("[embargo]", "needs a time such as"),
        ("[embargo until 2026-12-01 09:00]", "needs a time zone"),
        ("[embargo until 2026-12-01 09:00 Mars/Base]", "no time zone"),
        ("[embargo until 2026-12-01 09:00 ET]", "needs a time zone"),
        ("[embargo until 2026-12-01 09:00 UTC-5]", "here more follows"),
        ("Embargo until 2026-12-01 09:00 GMT-5: we", "here more follows"),
        ("[embargo until 2026-13-01 09:00 UTC]", "no such time"),
        ("[embargo until 2026-12-01 25:00 UTC]", "no such time"),
        ("[embargo until 2026-03-08 02:30 America/New_York]", "the clocks skip 02:30"),
        ("Embargo until further notice: we", "needs a time such as"),
        ("[/embargo]", "never opened"),
    ],
)
def test_an_embargo_without_a_clear_time_is_an_error_with_its_line(mark: str, message: str) -> None:
    with pytest.raises(ContentError, match=rf"^notes/call.md:3: .*{message}"):
        embargoed(f"One.\n\n{mark} launch.\n")


def test_a_copy_keeps_the_embargo_and_not_what_is_off_the_record_in_it() -> None:
    text = "[embargo until 2026-12-01 14:00 UTC] One. [otr] CANARY [/otr] [/embargo]\n\nTwo."
    copy = "\n".join(reading_of(text.encode(), "notes/call.md").copy)

    assert "CANARY" not in copy
    assert embargoed(copy) == [("One.", NINE_IN_NEW_YORK), ("Two.", None)]


def test_an_embargo_that_ends_off_the_record_reaches_to_the_end() -> None:
    said = embargoed("[embargo until 2026-12-01 14:00 UTC] One. [otr] CANARY [/embargo] CANARY [/otr]\n\nTwo.")

    assert said == [("One.", NINE_IN_NEW_YORK), ("Two.", NINE_IN_NEW_YORK)]


def test_an_embargo_that_begins_off_the_record_is_an_error() -> None:
    with pytest.raises(ContentError, match="never opened"):
        embargoed("[otr] [embargo until 2026-12-01 14:00 UTC] CANARY [/otr] One. [/embargo]")


@pytest.mark.parametrize(
    "text",
    [
        "## Pricing (embargo until 2026-12-01 14:00 UTC)\n\nCANARY",
        "## Embargo until 2026-12-01 14:00 UTC\n\nCANARY",
        "CANARY (embargoed until 2026-12-01 14:00 UTC)",
        "Strictly embargoed until 2026-12-01 14:00 UTC. CANARY",
        "This is embargoed until 2026-12-01 14:00 UTC.\n\nCANARY",
    ],
)
def test_an_embargo_in_a_heading_or_a_sentence_has_its_time(text: str) -> None:
    said = embargoed(f"We grew.\n\n{text}\n")

    assert said[0] == ("We grew.", None)
    assert [until for words, until in said if "CANARY" in words] == [NINE_IN_NEW_YORK]


def test_an_embargo_in_a_heading_ends_with_its_section() -> None:
    assert embargoed("## A (embargo until 2026-12-01 14:00 UTC)\n\nB.\n\n## C\n\nD.")[-1] == ("D.", None)


def test_an_embargo_until_nobody_knows_when_is_a_doubt() -> None:
    source = parse_source(b"We grew.\n\nIt was embargoed until Tuesday.\n", "notes/call.md")

    assert source.doubts == (3,)
