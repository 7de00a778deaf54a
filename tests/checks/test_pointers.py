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
        ("Want to see the gardens? Follow Rafa: @lamp@tools.example.org. Better pictures!", ["warning"]),
        ("Write to us on Mastodon: @gardens@tools.example.org.", ["warning"]),
    ],
)
def test_another_handle_of_the_cited_lines_is_a_warning(said: str, found: list[str]) -> None:
    assert severities(said, 1, 3) == found


def test_a_handle_that_only_other_lines_have_is_a_warning() -> None:
    assert severities("The index was written by @yves, and @tom tested it over a slow line.", 5, 5) == ["warning"]
    assert severities("The index was written by @ilse-k, and @tom tested it over a slow line.", 5, 5) == []


TWO = note(
    "The shop shows its waiting list and its accounts at https://shop.example.org/accounts, and Rota is at https://shop.example.org/rota.",
    "",
    "We are @shop@tools.example.org; the bicycle table has an account of its own, @spokes@tools.example.org.",
)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Our waiting list and accounts are open to anybody: https://shop.example.org/accounts", True),
        ("Our waiting list and accounts are open to anybody: https://shop.example.org/rota", False),
        ("Rota is free: https://shop.example.org/rota\n\nMore of our accounts soon.", True),
        ("Rota is free: https://shop.example.org/accounts", False),
        ("Accounts: https://shop.example.org/accounts\nRota: https://shop.example.org/rota", True),
    ],
)
def test_a_link_is_for_what_the_cited_lines_give_it(said: str, right: bool) -> None:
    problems = checked(TWO, said, 1, 1)

    assert [each.check for each in problems if each.severity == "error"] == ([] if right else ["CK205"])


def test_a_handle_that_little_is_told_of_is_not_that_of_something_else() -> None:
    said = "There's a table for squeaking bicycles. Follow {}, the table has its own account."
    problems = [
        checked(TWO, said.format(handle), 3, 3) for handle in ("@shop@tools.example.org", "@spokes@tools.example.org")
    ]

    assert [[each.check for each in found if each.severity == "warning"] for found in problems] == [["CK212"], []]
