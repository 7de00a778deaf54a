"""Findings in the forms that other programs read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.checks.catalogue import catalogue
from contentkit.models import Problem, Spot, Waiver
from contentkit.text import in_one_line
from contentkit.views.annotations import annotation_lines
from contentkit.views.code_quality import code_quality
from contentkit.views.fingerprints import fingerprints
from contentkit.views.sarif import sarif
from tests.views.schemas import CODE_QUALITY, SARIF

ERROR = Problem(
    check="CK201",
    severity="error",
    message="no source says 52 minutes",
    place="drafts/launch.md:12",
    words="52 minutes",
    remedy="correct it",
    post=0,
    spot=Spot(
        path="drafts/launch.md", line=12, column=5, end_line=12, end_column=15, excerpt=("It is ", "52 minutes", "")
    ),
)
PLACELESS = Problem(check="CK311", severity="error", message="no post is for ours", place="drafts/launch.md")
WAIVED = replace(ERROR, check="CK204", waived=Waiver(check="CK204", words="", by="Ana Torres", reason="she said so"))
FOUND = [ERROR, PLACELESS, replace(ERROR, severity="warning"), replace(ERROR, severity="information"), WAIVED]


def run_of(*problems: Problem) -> dict[str, Any]:
    """The one run of the log of these."""
    runs: Any = sarif(problems, catalogue())["runs"]
    [run] = runs
    return dict(run)


def test_an_annotation_names_file_line_columns_and_check() -> None:
    assert list(annotation_lines([ERROR])) == [
        "::error file=drafts/launch.md,line=12,endLine=12,col=5,endColumn=15,title=CK201::no source says 52 minutes%0Acorrect it"
    ]


def test_an_annotation_is_as_bad_as_its_finding() -> None:
    kinds = [line.partition(" ")[0] for line in annotation_lines(FOUND)]
    assert kinds == ["::error", "::error", "::warning", "::notice", "::error"]


def test_what_stands_in_a_finding_cannot_end_the_command_or_begin_another() -> None:
    odd = replace(ERROR, message="100%\n::warning::b\r", place="a,b:c.md", spot=None, remedy="")
    [line] = annotation_lines([odd])
    assert line == "::error file=a%2Cb%3Ac.md,title=CK201::100%25\\u{a}::warning::b\\u{d}"


def test_words_over_two_lines_are_annotated_without_columns() -> None:
    assert ERROR.spot is not None
    [line] = annotation_lines([replace(ERROR, spot=replace(ERROR.spot, end_line=13))])
    assert ",line=12,endLine=13,title=" in line


def test_paths_are_told_from_the_root_of_the_repository() -> None:
    [line] = annotation_lines([ERROR], "posts/")
    assert line.startswith("::error file=posts/drafts/launch.md,")
    [issue] = code_quality([ERROR], "posts/")
    assert issue["location"] == {"path": "posts/drafts/launch.md", "lines": {"begin": 12}}
    assert '"uri": "posts/drafts/a%20b.md"' in str(
        sarif([replace(PLACELESS, place="drafts/a b.md")], catalogue(), "posts/")
    ).replace("'", '"')


def test_the_report_for_gitlab_has_the_form_that_gitlab_reads() -> None:
    issues = code_quality(FOUND)
    jsonschema.validate(issues, CODE_QUALITY)
    assert [issue["severity"] for issue in issues] == ["critical", "critical", "minor", "info", "critical"]
    assert issues[0]["description"] == "CK201: no source says 52 minutes (correct it)"


def test_the_log_has_the_form_that_sarif_prescribes() -> None:
    jsonschema.validate(sarif(FOUND, catalogue()), SARIF)
    jsonschema.validate(sarif([], catalogue()), SARIF)


def test_a_result_points_at_its_rule_and_at_its_words() -> None:
    run = run_of(PLACELESS, ERROR)
    result = run["results"][1]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "CK201"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 12,
        "startColumn": 5,
        "endLine": 12,
        "endColumn": 15,
    }
    assert "region" not in run["results"][0]["locations"][0]["physicalLocation"]


def test_what_was_waived_is_suppressed_with_who_and_why() -> None:
    run = run_of(ERROR, WAIVED)
    assert [result["suppressions"] for result in run["results"]] == [
        [],
        [{"kind": "inSource", "justification": "Ana Torres: she said so"}],
    ]


def moved(problem: Problem) -> Problem:
    assert problem.spot is not None
    return replace(problem, place="drafts/launch.md:99", spot=replace(problem.spot, line=99, end_line=99))


def test_a_finding_that_moved_down_is_the_same_finding() -> None:
    assert [made for _, made in fingerprints([ERROR])] == [made for _, made in fingerprints([moved(ERROR)])]


@pytest.mark.parametrize(
    "other",
    [
        {"check": "CK202"},
        {"words": "53 minutes"},
        {"account": "ours"},
        {"spot": replace(ERROR.where, path="drafts/b.md")},
    ],
)
def test_another_finding_has_another_fingerprint(other: dict[str, object]) -> None:
    assert len({made for _, made in fingerprints([ERROR, replace(ERROR, **other)])}) == 2  # type: ignore[arg-type]


def test_the_same_words_twice_are_two_findings() -> None:
    assert len({made for _, made in fingerprints([ERROR, moved(ERROR)])}) == 2


problems = st.builds(
    Problem,
    check=st.sampled_from(["CK101", "CK201", "CK321"]),
    severity=st.sampled_from(["error", "warning", "information"]),
    message=st.text(min_size=1),
    place=st.text(min_size=1).filter(str.strip).map(lambda name: f"drafts/{name}"),
    words=st.text(),
    remedy=st.text(),
    waived=st.none()
    | st.builds(Waiver, check=st.just("CK201"), words=st.text(), by=st.text(min_size=1), reason=st.text()),
)


def read_by_runner(line: str) -> tuple[dict[str, str], str]:
    """The properties and the message of a command, as the runner of GitHub Actions takes it apart."""
    _, command, data = line.split("::", 2)
    properties = dict(pair.split("=", 1) for pair in command.partition(" ")[2].split(","))
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}

    def plain(words: str) -> str:
        for sign, meant in signs.items():
            words = words.replace(sign, meant)
        return words.replace("%25", "%")

    return {key: plain(value) for key, value in properties.items()}, plain(data)


@settings(max_examples=200, deadline=None)
@given(problems)
def test_the_runner_reads_what_was_meant_whatever_stands_in_a_finding(problem: Problem) -> None:
    [line] = annotation_lines([problem])
    assert len(line.splitlines()) == 1
    properties, message = read_by_runner(line)
    assert (properties["file"], properties["title"]) == (in_one_line(problem.where.path), problem.check)
    assert message.startswith(in_one_line(problem.message))


@settings(max_examples=50, deadline=None)
@given(st.lists(problems, max_size=4))
def test_reports_keep_their_form_whatever_stands_in_findings(found: list[Problem]) -> None:
    jsonschema.validate(sarif(found, catalogue()), SARIF)
    jsonschema.validate(code_quality(found), CODE_QUALITY)


def test_a_name_of_a_file_that_is_no_text_is_told_byte_by_byte() -> None:
    odd = replace(PLACELESS, place="drafts/caf\udce9.md")
    [result] = run_of(odd)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "drafts/caf%E9.md"
    assert len(code_quality([odd])) == 1
