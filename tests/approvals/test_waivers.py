"""A finding stands in the way of an approval until a named person takes just this finding, of just this post, upon them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.approvals.mutations import DRAFT, NOTE
from tests.approvals.orchard import Orchard, planted
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer

WAIVER = '<!-- waive: CK201 "70" by Mara: we counted them again -->\n'
WELL = "The well has water again.\n"
FIRST = "<!-- evidence: notes/call.md#L3 -->\n"


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with CompatibleServer() as server:
        yield planted(Shell(home=tmp_path, here=tmp_path / "project"), server)


def test_a_waiver_of_the_finding_lets_it_be_approved(orchard: Orchard) -> None:
    assert orchard.approve().code == 0


@pytest.mark.parametrize(
    "instead",
    [
        "",
        '<!-- waive: CK201 "71" by Mara: we counted them again -->\n',
        '<!-- waive: CK201 "7" by Mara: we counted them again -->\n',
        '<!-- waive: CK202 "70" by Mara: we counted them again -->\n',
        '<!-- waive: CK201 "70": we counted them again -->\n',
        '<!-- waive: CK201 "70" by : we counted them again -->\n',
        '<!-- waive: CK201 "70" by Mara: -->\n',
        '<!-- waive: CK201 "70" by Mara -->\n',
        '<!-- waive: "70" by Mara: we counted them again -->\n',
        '<!-- waive: CK* by Mara: we counted them again -->\n',
        '<!-- note: waive: CK201 "70" by Mara: we counted them again -->\n',
        '\n```\n<!-- waive: CK201 "70" by Mara: we counted them again -->\n```\n',
        '\\<!-- waive: CK201 "70" by Mara: we counted them again -->\n',
    ],
    ids=[
        "none", "other words", "a part of the words", "another check", "by nobody", "by an empty name", "with an empty reason",
        "without a reason", "without a check", "a pattern of checks", "within a note", "within code", "escaped",
    ],
)  # fmt: skip
def test_whatever_is_no_waiver_of_this_finding_by_somebody_lets_nothing_through(orchard: Orchard, instead: str) -> None:
    orchard.replace(DRAFT, WAIVER, instead)
    ran = orchard.approve()
    assert (ran.code in (1, 4), "approved by" in ran.out) == (True, False)
    assert (orchard.post(), orchard.is_untouched) == ({}, True)


@pytest.mark.parametrize("place", [WELL, FIRST], ids=["the next post", "the post before"])
def test_a_waiver_is_of_its_own_post_only(orchard: Orchard, place: str) -> None:
    orchard.replace(DRAFT, WAIVER, "")
    orchard.replace(DRAFT, place, place + WAIVER)
    ran = orchard.approve()
    assert (ran.code, "CK201" in ran.err) == (4, True)
    assert (orchard.post(), orchard.is_untouched) == ({}, True)


def test_a_waiver_does_not_follow_words_that_changed(orchard: Orchard) -> None:
    orchard.replace(DRAFT, "70 trees", "700 trees")
    assert orchard.approve().code == 4


@pytest.mark.parametrize("check", ["CK303", "CK307", "CK316"])
def test_what_was_never_to_be_said_nobody_can_waive(orchard: Orchard, check: str) -> None:
    taken_back = {
        "CK303": (NOTE, "OTR: The well has water again."),
        "CK307": ("confidential.txt", "The well\n"),
        "CK316": (NOTE, "[embargo until 2190-01-01 09:00 UTC] The well has water again. [/embargo]"),
    }
    file, words = taken_back[check]
    if file == NOTE:
        orchard.replace(NOTE, WELL.strip(), words)
    else:
        orchard.shell.write(file, words)
    orchard.replace(DRAFT, WELL, f"{WELL}<!-- waive: {check} by Mara: it is fine -->\n")
    ran = orchard.approve()
    assert (ran.code in (1, 4), "approved by" in ran.out) == (True, False)
    assert (orchard.post(), orchard.is_untouched) == ({}, True)


def test_a_waiver_that_was_taken_back_after_the_approval_takes_the_approval_with_it(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    orchard.replace(DRAFT, WAIVER, "")
    told = orchard.post()
    assert (told["kind"], told["reason"], orchard.is_untouched) == ("held", "edited after the approval", True)
