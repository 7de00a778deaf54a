"""Views of one line each: findings, outcomes, sources."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from contentkit.models import Passage, Problem, Source, Spot
from contentkit.publishing.outcomes import Outcome, OutcomeKind
from contentkit.views.outcomes import outcome_lines
from contentkit.views.problems import problem_lines, problems_view, tally
from contentkit.views.sources import SourceRow, source_cells, sources_view
from contentkit.views.sources import tally as tally_of_sources
from tests.views.terminal import coloured, shown

ERROR = Problem(
    check="CK201",
    severity="error",
    message="nobody said '40 %'",
    place="drafts/launch.md:12",
    remedy="take it out, or waive it",
)
WARNING = Problem(check="CK302", severity="warning", message="a shout", place="drafts/launch.md:14")


def test_a_finding_is_one_line_in_a_pipe_as_compilers_write_it() -> None:
    assert list(problem_lines([ERROR, WARNING])) == [
        "drafts/launch.md:12: error CK201: nobody said '40 %' (take it out, or waive it)",
        "drafts/launch.md:14: warning CK302: a shout",
    ]


def test_a_finding_stays_on_one_line_whatever_it_quotes() -> None:
    [line] = problem_lines([replace(WARNING, message="nobody said 'one\n\ttwo'")])
    assert line == "drafts/launch.md:14: warning CK302: nobody said 'one two'"


def spotted(problem: Problem, line: int, *excerpt: str, post: int = 0) -> Problem:
    before, words, after = excerpt
    column = len(before) + 1
    spot = Spot(
        path="drafts/launch.md",
        line=line,
        column=column,
        end_line=line,
        end_column=column + len(words),
        excerpt=(before, words, after),
    )
    return replace(problem, post=post, spot=spot)


def test_on_a_terminal_a_line_stands_once_above_all_that_was_found_in_it() -> None:
    found = [
        spotted(WARNING, 14, "We saved ", "a LOT", ", that is 40 %."),
        spotted(ERROR, 14, "We saved a LOT, that is ", "40 %", "."),
        spotted(ERROR, 20, "", "40 %", " again", post=1),
    ]
    assert shown(problems_view(found)) == [
        "drafts/launch.md, post 1",
        "  14   We saved a LOT, that is 40 %.",
        "       warning CK302: a shout                                                   ",
        "       error CK201: nobody said '40 %'                                          ",
        "       → take it out, or waive it                                               ",
        "",
        "drafts/launch.md, post 2",
        "  20   40 % again",
        "       error CK201: nobody said '40 %'                                          ",
        "       → take it out, or waive it                                               ",
    ]


def test_on_a_terminal_errors_are_red_and_their_words_marked() -> None:
    seen = coloured(problems_view([spotted(ERROR, 14, "It was ", "40 %", ".")]))
    assert "\x1b[1;31merror CK201" in seen
    assert "\x1b[1;4;31m40 %" in seen


def test_what_is_only_information_is_dim() -> None:
    seen = coloured(problems_view([replace(WARNING, severity="information")]))
    assert "\x1b[2minformation CK302" in seen
    assert "\x1b[2m: a shout" in seen


def test_words_of_a_finding_cannot_steer_the_terminal() -> None:
    seen = "\n".join(shown(problems_view([spotted(ERROR, 14, "a\x1b]0;", "40\u202e", "b")])))
    assert "\x1b]" not in seen
    assert "\u202e" not in seen


def test_a_finding_in_a_pipe_says_its_column() -> None:
    [line] = problem_lines([spotted(ERROR, 14, "It was ", "40 %", ".")])
    assert line.startswith("drafts/launch.md:12:8: error CK201")


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "no problems"),
        ([ERROR], "1 error"),
        ([WARNING, ERROR, WARNING], "1 error, 2 warnings"),
        ([WARNING], "1 warning"),
    ],
)
def test_the_tally_counts_what_there_is(problems: list[Problem], words: str) -> None:
    assert tally(problems) == words


def outcome(kind: OutcomeKind, *, url: str = "", reason: str = "", text: str = "") -> Outcome:
    return Outcome(kind=kind, entry="launch", account="ours", part=1, parts=3, url=url, reason=reason, text=text)


@pytest.mark.parametrize("kind", get_args(OutcomeKind))
def test_every_kind_of_outcome_has_a_line_that_names_the_part(kind: OutcomeKind) -> None:
    [line] = outcome_lines([outcome(kind, reason="because")])
    assert line.startswith("launch 2/3 on ours: ")
    assert "because" in line


def test_what_was_sent_is_told_with_its_address_and_its_words() -> None:
    [line] = outcome_lines([outcome("sent", url="https://x.org/1", text="Each account\nis a lane.")])
    assert line == "launch 2/3 on ours: sent: https://x.org/1\n    Each account is a lane."


def test_an_accounts_trouble_names_the_account() -> None:
    [line] = outcome_lines([Outcome(kind="trouble", entry="", account="ours", reason="out of reach")])
    assert line == "ours: waits: out of reach"


def test_a_source_is_told_with_what_was_seen_in_it() -> None:
    passages = (
        Passage(kind="turn", speaker="Ana", text="one two three", first=1, last=1),
        Passage(kind="turn", speaker="Ben", text="four", first=3, last=3),
    )
    source = Source(path="notes/call.md", kind="transcript", lines=(), passages=passages, title="A call", redactions=2)
    row = SourceRow(source=source, state="new", cut=2)
    assert source_cells(row) == ("notes/call.md", "transcript", "2", "4", "2", "A call")
    assert source_cells(replace(row, state="known"))[1] == "transcript (known)"
    *_, line, title = shown(sources_view([row], 80))
    assert line.split() == ["notes/call.md", "transcript", "2", "4", "2"]
    assert title.rstrip() == "  A call"


@pytest.mark.parametrize("name", ["call", "2026-12-01-founder-call-with-odile", "x" * 80])
def test_no_word_of_what_was_read_is_broken_in_80_columns(name: str) -> None:
    source = Source(path=f"notes/{name}.md", kind="transcript", lines=(), passages=(), title="Odile " * 20)
    lines = shown(sources_view([SourceRow(source=source, state="changed", cut=12)] * 2, 80))
    whole = {"notes/" + name + ".md", "transcript", "(changed)", "Odile"} - {f"notes/{'x' * 80}.md"}
    assert whole <= set(" ".join(lines).replace(",", "").split())
    assert max(map(len, lines)) <= 80


def test_the_tally_of_sources_names_each_state_that_occurs() -> None:
    source = Source(path="notes/call.md", kind="note", lines=(), passages=())
    rows = [SourceRow(source=source, state=state, cut=0) for state in ("new", "known", "known")]
    assert tally_of_sources(rows, 0) == "3 sources: 1 new, 2 known"
    assert tally_of_sources(rows[:1], 2) == "1 source: 1 new; 2 could not be read"
