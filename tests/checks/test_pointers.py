"""A handle of the source may be given for what the source gives it for."""

from __future__ import annotations

import pytest

from tests.checks.notes import checked, note

NOTE = note(
    "Write to us on Mastodon, @lamp@tools.example.org.",
    "",
    "Rafa posts the gardens at @gardens@tools.example.org, with better pictures.",
    "",
    "@ilse-k wrote the index (#12), @tom tested it over a slow line.",
    "",
    "@yves wrote the manual.",
)


def severities(said: str, first: int, last: int) -> list[str]:
    return [each.severity for each in checked(NOTE, said, first, last) if each.check == "CK212"]


@pytest.mark.parametrize(
    "said",
    [
        "Want to see the gardens? Follow Rafa: @gardens@tools.example.org. Better pictures!",
        "Write to us: @lamp@tools.example.org.",
        "Gardens: @gardens@tools.example.org, all else: @lamp@tools.example.org.",
    ],
)
def test_the_handle_that_the_source_gives_for_it_is_none(said: str) -> None:
    assert severities(said, 1, 3) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Want to see the gardens? Follow Rafa: @lamp@tools.example.org. Better pictures!", ["error"]),
        ("Write to us on Mastodon: @gardens@tools.example.org.", ["error"]),
    ],
)
def test_another_handle_of_the_cited_lines_is_an_error(said: str, found: list[str]) -> None:
    assert severities(said, 1, 3) == found


def test_a_handle_that_only_other_lines_have_is_a_warning() -> None:
    assert severities("The index was written by @yves, and @tom tested it over a slow line.", 5, 5) == ["warning"]
    assert severities("The index was written by @ilse-k, and @tom tested it over a slow line.", 5, 5) == []
