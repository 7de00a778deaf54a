"""What is out beside its draft: which parts read otherwise, in what, and what hangs under them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.models import Account, Media, Part, Rendition
from contentkit.publishing.corrections import Correction, correction_of
from contentkit.publishing.publications import State
from tests.publishing.stage import Stage

PICTURE = Media(path="a.png", alt="A square", digest="1")
ONE, TWO, THREE = "one", "two", "three"


def part(text: str, picture: Media = PICTURE) -> Part:
    return Part(post=0, text=text, length=len(text), media=(picture,))


def now(*texts: str) -> Rendition:
    """A draft with these posts, each with the same picture."""
    account, parts = Account(name="mine", platform="console"), tuple(part(text) for text in texts)
    return Rendition(account=account, parts=parts, visibility="public", warning="", language="en")


@pytest.fixture
def out(stage: Stage) -> Stage:
    """Two parts that are out, and one that is planned."""
    stage.approve(texts=[ONE, TWO, THREE], media=dict.fromkeys(range(3), (PICTURE,)))
    for row in stage.rows()[:2]:
        claimed = stage.journal.publications.claim(row, parent="", watermark="")
        assert claimed is not None
        stage.journal.publications.confirm(claimed, f"id-{row.part}", "", "answer")
    return stage


def beside(out: Stage, rendition: Rendition) -> Correction:
    thread = out.journal.threads.find("launch", "mine")
    assert thread is not None
    return correction_of(thread, rendition)


def test_nothing_differs_where_nothing_was_edited(out: Stage) -> None:
    same = beside(out, now(ONE, TWO, THREE))
    assert (same.differs, same.behind, [part.text for part in same.added]) == (False, (), [THREE])
    assert [row.state for row in same.out] == [State.SENT] * 2


def test_what_is_not_out_is_no_difference(out: Stage) -> None:
    edited = beside(out, now(ONE, TWO, "drei", "vier"))
    assert (edited.differs, [part.text for part in edited.added]) == (False, ["drei", "vier"])


@pytest.mark.parametrize(
    ("second", "aspects", "for_good"),
    [
        (part("zwei"), ("words",), ()),
        (part("two\n"), ("words",), ()),
        (part(TWO, replace(PICTURE, alt="A circle")), ("alt texts",), ()),
        (part(TWO, replace(PICTURE, digest="2", alt="A circle")), ("pictures",), ("pictures",)),
        (replace(part(TWO), visibility="unlisted"), ("visibility",), ("visibility",)),
    ],
)
def test_what_a_part_differs_in(out: Stage, second: Part, aspects: tuple[str, ...], for_good: tuple[str, ...]) -> None:
    changed = beside(out, replace(now(ONE, TWO), parts=(part(ONE), second))).changed
    assert [(one.row.part, one.aspects, one.for_good) for one in changed] == [(1, aspects, for_good)]


def test_where_the_file_of_a_picture_lies_is_no_difference(out: Stage) -> None:
    moved = part(TWO, replace(PICTURE, path="b.png"))
    assert not beside(out, replace(now(ONE, TWO), parts=(part(ONE), moved))).differs


def test_a_warning_and_a_language_are_those_of_every_part(out: Stage) -> None:
    changed = beside(out, replace(now(ONE, TWO), warning="loud", language="de")).changed
    assert [part.aspects for part in changed] == [("content warning", "language")] * 2


def test_what_hangs_under_a_part_goes_with_it(out: Stage) -> None:
    first = beside(out, now("eins", TWO))
    assert (first.first, [row.part for row in first.behind]) == (0, [0, 1])
    assert [(part.row.part, part.aspects) for part in first.replacing] == [(0, ("words",)), (1, ())]


def test_what_the_draft_no_longer_has_is_gone(out: Stage) -> None:
    gone = beside(out, now(ONE))
    assert (gone.differs, [row.part for row in gone.gone], gone.replacing) == (True, [1], ())
    assert [row.part for row in gone.behind] == [1]
