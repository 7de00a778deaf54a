"""Forms that programs of the wild write, beside those of the samples."""

from __future__ import annotations

import pytest

from contentkit.sources import parse_source


def said(text: str, name: str) -> list[tuple[str, str]]:
    """Who says what."""
    return [(passage.speaker, passage.text) for passage in parse_source(text.encode(), name).passages]


@pytest.mark.parametrize(
    "event", ["— bea why not", "⇐ cleo quit (~cleo@example.org): Quit", "→ cleo joined", "cleo is now known as cl"]
)
def test_a_line_with_the_stamp_of_the_log_continues_no_message(event: str) -> None:
    log = (
        "[2026-03-04 10:32:11] <ana> we sold 40\n[2026-03-04 10:32:20] <bea> how?\n"
        f"[2026-03-04 10:32:30] <ana> by hand\n[2026-03-04 10:32:40] {event}\n"
    )

    assert said(log, "irc.txt") == [("ana", "we sold 40"), ("bea", "how?"), ("ana", "by hand")]
