"""The arithmetic of what is caught and what is false, on findings that are made up; and the command, on real ones."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.evidence.__main__ import main
from benchmarks.evidence.measures import Outcome, Share, grouped, share_of
from benchmarks.evidence.pages import figures_of, filled
from benchmarks.evidence.tables import as_json, by_check, by_kind, table
from benchmarks.evidence.verbatim import checked_in, report
from contentkit.errors import ContentError
from contentkit.models import Problem, Severity
from tests.evidence.pairs import Pair, pairs_in
from tests.evidence.test_pairs import HEAD, PAIR, folder_of

CALL = """# Call

**Ines Abreu:** We moved the queue to SQLite in March, because Redis lost 112 jobs in one night. Nobody noticed until Friday.

**Ines Abreu:** The migration took eleven days and two people. Since then the median fell from 140 ms to 25 ms on our servers.

**Ines Abreu:** I would do it again. I would only begin with the tests, as Bo Lind told me to on the first day of the work.
"""


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    [pair] = pairs_in(folder_of(tmp_path, HEAD + PAIR))
    return pair


def problem(check: str, severity: Severity = "error", words: str = "9 seconds") -> Problem:
    return Problem(check=check, severity=severity, message="made up", place="drafts/x.md:1", words=words)


def outcome(pair: Pair, clean: list[Problem], corrupted: list[Problem]) -> Outcome:
    return Outcome(pair=pair, clean=tuple(clean), corrupted=tuple(corrupted))


def counts(one: Outcome, counted: str) -> tuple[int, int]:
    """How often it is counted by errors, and by errors and warnings."""
    return share_of([one], counted, "errors").count, share_of([one], counted, "all").count


def test_an_error_on_the_corrupted_post_alone_is_a_catch_of_both_tiers(pair: Pair) -> None:
    assert counts(outcome(pair, [], [problem("CK201")]), "caught") == (1, 1)


def test_a_warning_is_no_catch_of_errors(pair: Pair) -> None:
    assert counts(outcome(pair, [], [problem("CK241", "warning")]), "caught") == (0, 1)


def test_what_the_faithful_post_has_too_catches_nothing(pair: Pair) -> None:
    assert counts(outcome(pair, [problem("CK201")], [problem("CK201")]), "caught") == (0, 0)


@pytest.mark.parametrize("other", [problem("CK201", words="9"), problem("CK202")])
def test_another_check_or_other_words_are_another_finding(pair: Pair, other: Problem) -> None:
    assert counts(outcome(pair, [other], [problem("CK201")]), "caught") == (1, 1)


@pytest.mark.parametrize("check", ["CK101", "CK305"])
def test_only_findings_of_support_catch(pair: Pair, check: str) -> None:
    assert counts(outcome(pair, [], [problem(check)]), "caught") == (0, 0)


def test_findings_of_evidence_are_false_too_and_those_of_manners_are_not(pair: Pair) -> None:
    assert counts(outcome(pair, [problem("CK104")], []), "false") == (1, 1)
    assert counts(outcome(pair, [problem("CK305")], []), "false") == (0, 0)


def test_a_false_warning_is_no_false_error(pair: Pair) -> None:
    assert counts(outcome(pair, [problem("CK220", "warning")], []), "false") == (0, 1)


def test_what_counts_every_finding_takes_those_of_both_posts_and_of_manners(pair: Pair) -> None:
    assert counts(outcome(pair, [problem("CK201")], [problem("CK201")]), "told") == (1, 1)
    assert counts(outcome(pair, [problem("CK305")], []), "remarked") == (1, 1)


def test_several_findings_on_a_post_count_once(pair: Pair) -> None:
    assert counts(outcome(pair, [], [problem("CK201"), problem("CK207")]), "caught") == (1, 1)


def test_a_share_is_told_with_its_interval(pair: Pair) -> None:
    outcomes = [outcome(pair, [], [problem("CK201")])] * 3 + [outcome(pair, [problem("CK203")], [])]
    assert list(table(outcomes, {}, "all")) == [
        "| all | pairs | errors catch | with warnings | false errors | false findings |",
        "|---|---|---|---|---|---|",
        "| all | 4 | 75.0 % (30–95) | 75.0 % (30–95) | 25.0 % (5–70) | 25.0 % (5–70) |",
    ]


def test_kinds_that_no_pair_has_are_left_out(pair: Pair) -> None:
    rows = list(by_kind([outcome(pair, [], [])]))
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| unit", "| all"]
    assert grouped([], lambda one: one.pair.kind, ["unit"]) == {}


def test_each_check_is_told_with_what_it_catches_alone_and_what_is_false(pair: Pair) -> None:
    wrong, doubtful = problem("CK201"), problem("CK221", "warning")
    outcomes = [
        outcome(pair, [], [wrong]),
        outcome(pair, [], [wrong, problem("CK201", words="other"), doubtful]),
        outcome(pair, [doubtful], [doubtful]),
    ]
    assert list(by_check(outcomes))[2:] == [
        "| CK201 error | 2 | 1 | 0 | 100.0 % (34–100) |",
        "| CK221 warning | 1 | 0 | 1 | 50.0 % (9–91) |",
    ]


def test_nothing_of_nothing_is_no_share_and_no_crash() -> None:
    assert Share(count=0, of=0).share == 0.0


def test_the_figures_as_json_are_those_of_the_table(pair: Pair) -> None:
    figures = as_json([outcome(pair, [], [problem("CK241", "warning")])])
    assert figures["all"]["caught by all"] == {"count": 1, "share": 1.0, "low": 0.2065, "high": 1.0}
    assert figures["kinds"]["unit"] == figures["all"] == figures["languages"]["en"]


# -- the page

PAGE = "Before.\n<!-- figures -->\nold\n<!-- /figures -->\nAfter.\n"


def test_the_page_keeps_all_but_its_figures() -> None:
    assert filled(PAGE, "new \\1\n") == "Before.\n<!-- figures -->\nnew \\1\n<!-- /figures -->\nAfter.\n"


@pytest.mark.parametrize("page", ["No marks.", PAGE + PAGE])
def test_a_page_without_one_place_for_figures_is_told(page: str) -> None:
    with pytest.raises(ContentError, match="no place for the figures"):
        filled(page, "new")


def test_the_figures_say_when_they_were_measured_and_each_kind_of_each_half(pair: Pair) -> None:
    caught, missed = outcome(pair, [], [problem("CK241", "warning")]), outcome(pair, [], [])
    lines = figures_of({"tuning": [caught, missed], "sealed": [missed]}, "1.2", date(2026, 3, 4)).split("\n")
    assert lines[0] == "contentkit 1.2, 4 March 2026. In brackets: the 95 % interval (Wilson)."
    assert "| unit | 2 | 0 % | 50 % | 1 | 0 % | 0 % |" in lines
    assert "| date | 0 | – | – | 0 | – | – |" in lines
    assert "| CK241 warning | 1 | 0 | 100.0 % (21–100) | 0 | 0 | – |" in lines


# -- the command


def test_the_command_fills_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    assert main([str(folder_of(tmp_path, HEAD + PAIR)), "--docs", str(page)]) == 0
    written = page.read_text("utf-8")
    assert "| unit | 1 | 100 % | 100 % |" in written
    assert "Before." in written
    assert "old" not in written


def test_a_page_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder_of(tmp_path, HEAD + PAIR)), "--docs", str(tmp_path / "none.md")]) == 1
    assert "none.md" in capsys.readouterr().err


def test_the_command_measures_real_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder_of(tmp_path, HEAD + PAIR)), "--kinds"]) == 0
    out = capsys.readouterr().out
    assert "| unit | 1 | 100.0 % (21–100) | 100.0 % (21–100) | 0.0 % (0–79) | 0.0 % (0–79) |" in out
    assert "ms of CPU a post" in out


def test_one_kind_is_measured_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = PAIR.replace("call-01", "call-02").replace('"unit"', '"date"')
    folder = folder_of(tmp_path, HEAD + PAIR + other)
    assert main([str(folder), "--kind", "date"]) == 0
    assert "| all | 1 |" in capsys.readouterr().out
    assert main([str(folder), "--kind", "name"]) == 1
    assert "no pair is of this kind: name" in capsys.readouterr().err


def test_the_command_tells_what_was_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = PAIR.replace("Builds: 9 seconds.", "9 minutes: builds.")
    assert main([str(folder_of(tmp_path, HEAD + missed)), "--misses"]) == 0
    out = capsys.readouterr().out
    assert "call.toml:5 call-01 (unit): missed\n    9 minutes: builds.\n" in out


def test_drafts_of_a_text_are_checked_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "call.md").write_text(CALL, "utf-8")
    (tmp_path / "empty.md").write_text("", "utf-8")
    assert main([str(tmp_path), "--drafts"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^1 texts, \d+ posts: 0 with a false error, 0 with a false finding$", out, re.M)
    assert "not drafted: empty.md" in out


def test_a_post_with_several_findings_is_one_flagged_post(tmp_path: Path) -> None:
    (tmp_path / "call.md").write_text(CALL, "utf-8")
    [drafted], _ = checked_in(tmp_path)
    found = [replace(problem("CK201"), post=0), replace(problem("CK208", "warning"), post=0)]
    flagged = replace(drafted, problems=tuple(found))
    assert (flagged.posts_with("errors"), flagged.posts_with("all")) == (1, 1)
    assert list(report([flagged], []))[1:] == ["call.md: CK201 error: made up", "call.md: CK208 warning: made up"]


@pytest.mark.parametrize("option", ["--misses", "--drafts"])
def test_nothing_of_what_is_sealed_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    (tmp_path / "sealed").mkdir()
    assert main([str(folder_of(tmp_path / "sealed", HEAD + PAIR)), option]) == 1
    told = capsys.readouterr()
    assert "is sealed" in told.err
    assert "Builds" not in told.out


def test_of_a_sealed_folder_only_figures_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sealed").mkdir()
    folder = folder_of(tmp_path / "sealed", HEAD + PAIR)
    assert main([str(folder), "--kinds", "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)[str(folder)]["all"]["pairs"] == 1
    assert "Builds" not in out


def test_the_seal_holds_by_another_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sealed").mkdir()
    folder_of(tmp_path / "sealed", HEAD + PAIR)
    (tmp_path / "open").symlink_to(tmp_path / "sealed")
    assert main([str(tmp_path / "open"), "--misses"]) == 1
    assert "Builds" not in capsys.readouterr().out


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "no pairs are here" in capsys.readouterr().err
