"""Which proof of an approval a machine asks for, and whose: the table [approval] of machine.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.settings.approval_rules import ApprovalPolicy, Matter, Rule
from contentkit.settings.machine import load_machine

LAUNCH = Matter(project="our-posts", accounts=("ours", "ours-x"), founder="mara", campaign="spring")


def policy(folder: Path, words: str) -> ApprovalPolicy:
    (folder / "machine.toml").write_text(f"version = 1\n{words}", "utf-8")
    (folder / "machine.toml").chmod(0o600)
    return load_machine(folder).approval


def test_without_a_word_an_approval_given_on_this_machine_counts(tmp_path: Path) -> None:
    told = policy(tmp_path, "")
    assert (told.trust, told.rules, told.branch) == ("local", (), "origin/main")
    assert told.allowed_signers == tmp_path / "allowed_signers"


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    words = """[approval]
trust = "signed"
allowed_signers = "/etc/contentkit/signers"
revoked_keys = "gone"
[[approval.rules]]
project = "our-posts"
accounts = ["ours"]
founder = "mara"
campaign = "spring"
by = ["mara@example.org", "cy@example.org"]
count = 2
[[approval.rules]]
count = 2
"""
    told = policy(tmp_path, words)
    assert (told.trust, told.allowed_signers) == ("signed", Path("/etc/contentkit/signers"))
    assert told.revoked_keys == tmp_path / "gone"
    everyone = ("mara@example.org", "cy@example.org")
    narrow = Rule(project="our-posts", accounts=("ours",), founder="mara", campaign="spring", by=everyone, count=2)
    assert told.rules == (narrow, Rule(count=2))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('[approval]\ntrust = "git"\n', 3),
        ('[approval]\ntrsut = "local"\n', 3),
        ("[approval]\ntrust = 1\n", 3),
        ('[approval]\nbranch = "main"\n', 3),
        ('[approval]\nbranch = "../main"\n', 3),
        ('[approval]\nbranch = "origin/-x"\n', 3),
        ('[approval]\nbranch = "origin/a..b"\n', 3),
        ('[approval]\nrules = "all"\n', 3),
        ('[[approval.rules]]\nby = ["a"]\n\n[[approval.rules]]\nby = []\n', 6),
        ('[[approval.rules]]\nby = ["a"]\n\n[[approval.rules]]\ncount = 0\n', 6),
        ('[[approval.rules]]\nby = ["a"]\n\n[[approval.rules]]\nby = ["a"]\ncount = 2\n', 7),
        ('[[approval.rules]]\nby = ["a", " A"]\n', 3),
        ('[[approval.rules]]\naccounts = ["ours"]\n', 2),
        ('[[approval.rules]]\nby = ["a"]\nacounts = ["ours"]\n', 4),
        ("[[approval.rules]]\nby = [1]\n", 3),
        ('[[approval.rules]]\nby = ["a\\nb"]\n', 3),
        ('[approval]\ntrust = "branch"\n[[approval.rules]]\nby = ["a"]\n', 4),
    ],
)
def test_anything_else_is_told_with_its_line(tmp_path: Path, words: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        policy(tmp_path, words)
    assert caught.value.message.startswith(f"{tmp_path / 'machine.toml'}:{line}: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("rule", "applies"),
    [
        (Rule(count=1), True),
        (Rule(project="our-posts"), True),
        (Rule(project="others"), False),
        (Rule(accounts=("ours-x",)), True),
        (Rule(accounts=("hers",)), False),
        (Rule(founder="Mara "), True),
        (Rule(founder="cy"), False),
        (Rule(campaign="spring"), True),
        (Rule(campaign="autumn"), False),
        (Rule(accounts=("ours",), campaign="autumn"), False),
    ],
)
def test_a_rule_is_about_what_has_all_that_it_names(rule: Rule, applies: bool) -> None:
    assert rule.is_about(LAUNCH) is applies


@pytest.mark.parametrize(
    ("rule", "people", "lacks"),
    [
        (Rule(by=("mara",)), [], "mara"),
        (Rule(by=("mara",)), ["MARA "], ""),
        (Rule(by=("mara", "cy")), ["ben"], "mara or cy"),
        (Rule(by=("mara", "cy"), count=2), ["cy"], "mara"),
        (Rule(by=("mara", "cy"), count=2), [], "mara and cy"),
        (Rule(by=("mara", "cy", "jo"), count=2), [], "2 of mara, cy, jo"),
        (Rule(count=2), ["ana"], "1 more person"),
        (Rule(count=3), [], "3 more people"),
        (Rule(count=2), ["ana", "Ana", " ana"], "1 more person"),
        (Rule(count=2), ["ana", "ben"], ""),
    ],
)
def test_a_rule_says_who_has_still_to_approve(rule: Rule, people: list[str], lacks: str) -> None:
    assert rule.lacks(people) == lacks


def test_every_rule_that_applies_has_to_be_met() -> None:
    rules = (
        Rule(accounts=("ours",), by=("mara",)),
        Rule(accounts=("ours-x",), by=("cy",)),
        Rule(accounts=("no",), by=("jo",)),
    )
    asked = ApprovalPolicy(rules=rules)
    assert asked.lacking(LAUNCH, ["mara"]) == ("cy",)
    assert asked.lacking(LAUNCH, ["mara", "cy"]) == ()


NAMES = st.sampled_from(["ana", "Ana", "ben", "cy", "jo"])
RULES = st.builds(Rule, by=st.lists(NAMES, max_size=3, unique_by=str.casefold).map(tuple), count=st.integers(1, 3))


@settings(max_examples=300, deadline=None)
@given(st.lists(RULES, max_size=4), st.sets(NAMES), NAMES)
def test_another_approval_never_takes_any_away_and_another_rule_never_gives_any(
    rules: list[Rule], people: set[str], one: str
) -> None:
    asked = ApprovalPolicy(rules=tuple(rules))
    if not asked.lacking(LAUNCH, people):
        assert not asked.lacking(LAUNCH, people | {one})
        assert not ApprovalPolicy(rules=tuple(rules[1:])).lacking(LAUNCH, people)
