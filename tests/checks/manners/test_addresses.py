from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.checks import check_draft, discreet
from contentkit.checks.manners.tracking import tracking_in, without
from contentkit.confidential import Confidential
from contentkit.forbidden import Forbidden
from contentkit.models import Spot
from tests.checks.manners.posts import mended, told, words_of
from tests.checks.notes import NOTE, citing, draft_of, note


@pytest.mark.parametrize("link", ["https://bit.ly/3xYz", "https://www.tinyurl.com/abc", "https://lnkd.in/e1"])
def test_a_shortened_link_is_a_warning(link: str) -> None:
    (problem,) = told(f"See {link} for it")
    assert (problem.check, problem.severity, problem.words) == ("CK343", "warning", link)


def test_a_shortened_link_without_its_scheme_is_a_warning_too() -> None:
    assert words_of("CK343", "See bit.ly/3xYz for it") == ["bit.ly"]


@pytest.mark.parametrize(
    "link", ["https://youtu.be/abc", "https://wp.me/p1", "https://doi.org/10.1/2", "https://habit.ly/x"]
)
def test_short_links_of_a_site_to_its_own_pages_are_fine(link: str) -> None:
    assert told(f"See {link} for it") == []


def test_tracking_parameters_are_a_warning_and_taken_off() -> None:
    link = "https://example.org/post?a=1&utm_source=x&fbclid=Ab&b=2#part"
    (problem,) = told(f"See {link} for it")
    assert (problem.check, problem.severity, problem.words) == ("CK344", "warning", link)
    assert "utm_source, fbclid" in problem.message
    assert mended(f"See {link} for it") == "See https://example.org/post?a=1&b=2#part for it"


@pytest.mark.parametrize(
    ("link", "host", "names"),
    [
        ("https://youtu.be/a?si=x&t=30", "youtu.be", ["si"]),
        ("https://example.org/?si=x&t=30", "example.org", []),
        ("https://x.com/a/status/1?s=20&t=zz", "x.com", ["s", "t"]),
        ("https://example.org/#?utm_source=x", "example.org", []),
        ("https://example.org/?UTM_Source=x", "example.org", ["UTM_Source"]),
    ],
)
def test_what_is_a_tracking_parameter_depends_on_the_site(link: str, host: str, names: list[str]) -> None:
    assert tracking_in(link, host) == names


def test_an_address_without_its_only_parameter_has_no_question_mark() -> None:
    assert without("https://example.org/?gclid=1", ["gclid"]) == "https://example.org/"


def test_tags_written_by_hand_on_ones_own_site_are_only_told() -> None:
    link = "https://www.example.org/post?utm_source=newsletter"
    (problem,) = told(f"See {link} for it", link="https://example.org/post")
    assert (problem.check, problem.severity, problem.fix) == ("CK344", "information", None)


def test_what_others_put_on_a_link_to_ones_own_site_is_a_warning_all_the_same() -> None:
    link = "https://example.org/post?utm_source=newsletter&fbclid=x"
    (problem,) = told(f"See {link} for it", link="https://example.org/post")
    assert (problem.check, problem.severity) == ("CK344", "warning")


@pytest.mark.parametrize(
    "link",
    [
        "https://mira:s3cretwords@example.org/a",
        "https://example.org/a?access_token=s3cretwords",
        "https://example.org/a?b=1&api_key=s3cretwords",
    ],
)
def test_a_link_with_a_secret_is_an_error_that_does_not_repeat_it(link: str) -> None:
    problems = [problem for problem in told(f"See {link} for it") if problem.check == "CK345"]
    assert [(one.severity, one.words) for one in problems] == [("error", "example.org")]
    assert "s3cretwords" not in repr(problems)


def test_no_finding_of_a_post_with_a_secret_in_a_link_repeats_it() -> None:
    link = "https://mira:s3cretwords@example.org/a?token=s3cretkeys&utm_source=x"
    draft = draft_of(citing(note("We left."), f"We left [name]: {link}"))
    problems = check_draft(draft, {NOTE: note("We left.")})
    assert "s3cretwords" in repr(problems)
    spot = Spot(path="a.md", line=1, excerpt=("cretwords@example.org ", "[name]", ""))
    safe = discreet([replace(one, spot=spot) for one in problems], Forbidden(), Confidential())
    assert {"CK205", "CK330", "CK345"} <= {one.check for one in safe}
    assert not any(part in repr(safe) for part in ("s3cret", "cretwords", "cretkeys"))


@pytest.mark.parametrize(
    "link", ["https://example.org/@mira/1", "https://example.org/?token=1", "https://example.org/?q=secret"]
)
def test_a_link_that_only_looks_like_one_with_a_secret_is_fine(link: str) -> None:
    assert told(f"See {link} for it") == []


@pytest.mark.parametrize(
    "link", ["http://10.0.0.5/x", "https://wiki.corp/x", "https://printer.local", "https://[fd00::1]/x"]
)
def test_a_host_that_readers_cannot_reach_is_a_warning(link: str) -> None:
    (problem,) = told(f"See {link} for it")
    assert (problem.check, problem.severity) == ("CK346", "warning")


def test_this_machine_is_what_a_tutorial_speaks_of() -> None:
    assert told("Open http://localhost:8000 and http://127.0.0.1:8000 now") == []


def test_a_link_that_is_not_encrypted_is_told() -> None:
    (problem,) = told("See http://example.org/a for it")
    assert (problem.check, problem.severity) == ("CK347", "information")
    assert told("See https://example.org/a for it") == []
