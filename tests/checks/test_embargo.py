from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contentkit.checks import check_draft, check_embargo
from contentkit.models import Account, Draft, Post, Problem, Rendition, Waiver
from contentkit.sources import parse_source
from tests.checks.notes import draft_of

UNTIL = datetime(2026, 12, 1, 14, tzinfo=UTC)
SOURCE = parse_source(
    b"""We grew a lot this year.

[embargo until 2026-12-01 09:00 America/New_York]

We launch the second generation of Fernwood, with nine million rows for free.

[/embargo]

The team is happy about it.
""",
    "notes/call.md",
)


def post(text: str, line: int, *waivers: Waiver) -> Post:
    return Post(text=text, line=9, evidence=(SOURCE.evidence(line, line),), waivers=waivers)


def problems(draft: Draft, at: datetime | None) -> list[Problem]:
    return check_embargo(draft, {SOURCE.path: SOURCE}, at)


def found(text: str, line: int, at: datetime | None) -> list[tuple[str, str]]:
    return [(problem.check, problem.severity) for problem in problems(draft_of(post(text, line)), at)]


def test_what_rests_on_embargoed_lines_cannot_go_out_before_the_time() -> None:
    assert found("News.", 5, UNTIL - timedelta(seconds=1)) == [("CK316", "error")]
    assert found("News.", 5, UNTIL) == []


def test_the_time_is_an_instant_whatever_the_zone_of_the_entry() -> None:
    early = datetime(2026, 12, 1, 14, 30, tzinfo=ZoneInfo("Europe/Madrid"))

    assert found("News.", 5, early) == [("CK316", "error")]
    assert found("News.", 5, datetime(2026, 12, 1, 8, 0, tzinfo=ZoneInfo("America/Mexico_City"))) == []


def test_what_repeats_embargoed_words_cannot_go_out_whatever_it_cites() -> None:
    assert found("We launch the SECOND generation of it.", 1, UNTIL - timedelta(days=1)) == [("CK316", "error")]


@pytest.mark.parametrize("text", ["Fernwood makes us happy.", "9,000,000 makes us happy."])
def test_a_name_or_number_under_embargo_is_a_warning(text: str) -> None:
    assert found(text, 1, UNTIL - timedelta(days=1)) == [("CK316", "warning")]
    assert found(text, 1, UNTIL) == []


def test_what_was_said_without_an_embargo_may_go_out() -> None:
    assert found("We grew a lot this year. The team is happy about it.", 1, UNTIL - timedelta(days=1)) == []


def test_a_draft_without_a_time_is_told_until_when_it_waits() -> None:
    [problem] = problems(draft_of(post("News.", 5)), None)

    assert (problem.severity, problem.place) == ("warning", "drafts/x.md:9")
    assert "2026-12-01 09:00 EST" in problem.message


def test_the_finding_names_both_times() -> None:
    [problem] = problems(draft_of(post("News.", 5)), datetime(2026, 11, 30, 9, tzinfo=UTC))

    assert "until 2026-12-01 09:00 EST" in problem.message
    assert "2026-11-30 09:00 UTC" in problem.message


def test_an_embargo_cannot_be_waived() -> None:
    waiver = Waiver(check="CK316", words="", by="Ana", reason="fine")
    draft = draft_of(post("We grew a lot this year.", 1, waiver))

    assert "CK190" in [problem.check for problem in check_draft(draft, {SOURCE.path: SOURCE})]


EARLY = UNTIL - timedelta(days=1)
REPEATS = "We launch the second generation of it"


def test_the_content_warning_of_a_draft_must_not_repeat_it() -> None:
    draft = draft_of(post("We grew.", 1), warning=REPEATS)

    assert [problem.severity for problem in problems(draft, EARLY)] == ["error"]
    assert problems(draft, UNTIL) == []


def test_the_content_warning_of_an_entry_must_not_repeat_it() -> None:
    account = Account(name="main", platform="mastodon")
    rendition = Rendition(account=account, parts=(), visibility="public", warning=REPEATS, language="en")
    found = check_embargo(draft_of(post("We grew.", 1)), {SOURCE.path: SOURCE}, EARLY, [rendition])

    assert [(problem.check, problem.severity) for problem in found] == [("CK316", "error")]


def test_words_torn_by_the_end_of_a_post_are_repeated_all_the_same() -> None:
    draft = draft_of(post("This year we launch the", 1), post("second generation.", 1))

    assert [(problem.severity, problem.post) for problem in problems(draft, EARLY)] == [("error", 0)]
