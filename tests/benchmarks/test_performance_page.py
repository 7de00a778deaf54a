"""The page of figures: written from what was measured, and plain about what was missed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import pages
from benchmarks.growth import drawn
from benchmarks.results import Measured, Results, read, write
from benchmarks.rounds import Spread
from benchmarks.topics import TOPICS, Curve, Figure, Topic

ONE = Spread(1.5, 1.25, 2)
QUICK = Figure(what="`contentkit post`", measured=ONE, at_most=1.6, peers={"toot": Spread(29, 28, 30)})
CURVE = Curve(
    name="Loading a calendar",
    many="entries",
    unit="ms of CPU",
    lines={"contentkit": [(100, 2), (100_000, 2_000)], "ruamel.yaml": [(100, 100), (10_000, 12_000)]},
)
SVG = "{http://www.w3.org/2000/svg}"


def measured(*figures: Figure, curves: tuple[Curve, ...] = ()) -> Measured:
    topic = Topic(title="Start-up", figures=figures, curves=curves, notes=["A note."])
    return Measured(day="2026-11-23", rounds=11, load=(0.5, 2.0), topic=topic)


def results(*figures: Figure) -> Results:
    return Results(machine={"processor": "two cores"}, peers={"toot": "0.52.1"}, topics={TOPICS[0]: measured(*figures)})


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (QUICK, True),
        (replace(QUICK, at_most=1.5), True),
        (replace(QUICK, at_most=1.49), False),
        (replace(QUICK, at_most=None, at_least=1.5), True),
        (replace(QUICK, at_most=None, at_least=1.51), False),
        (replace(QUICK, at_most=None), True),
    ],
)
def test_a_goal_is_held_against_the_median(figure: Figure, met: bool) -> None:
    [row] = list(pages.rows(measured(figure)))[2:]

    assert pages.is_met(figure) == met
    assert ("**missed**" in row) == (not met)
    assert len(pages.misses(results(figure))) == (not met)


def test_a_row_tells_the_goal_the_spread_and_the_others() -> None:
    assert list(pages.rows(measured(QUICK)))[2:] == [
        "| `contentkit post` | at most 1.60 | 1.50 (1.25 to 2) × bare Python | toot: 29 (28 to 30) |"
    ]


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, ", once"), (3, ", 3 rounds")])
def test_a_row_tells_in_how_many_rounds_it_was_measured(count: int, said: str) -> None:
    [row] = list(pages.rows(measured(replace(QUICK, measured=replace(ONE, count=count)))))[2:]

    assert f"× bare Python{said} |" in row


@pytest.mark.parametrize(
    ("value", "said"), [(0.0123, "0.012"), (0.5, "0.50"), (2, "2"), (12.34, "12.3"), (1234.5, "1,234"), (0, "0")]
)
def test_numbers_have_the_figures_that_a_measurement_has(value: float, said: str) -> None:
    assert pages.number(value) == said


def test_what_was_measured_is_kept_and_read_again(tmp_path: Path) -> None:
    kept = replace(results(QUICK), topics={TOPICS[0]: measured(QUICK, curves=(CURVE,))})

    write(kept, tmp_path / "measured.json")
    write(read(tmp_path / "measured.json"), tmp_path / "again.json")

    assert (tmp_path / "again.json").read_text() == (tmp_path / "measured.json").read_text()
    assert read(tmp_path / "measured.json").topics[TOPICS[0]].topic.figures == [QUICK]


def test_the_page_of_the_project_has_all_that_was_measured() -> None:
    root = Path(__file__).parents[2]

    page = (root / pages.PAGE).read_text("utf-8")

    for name in TOPICS:
        assert name in read().topics or re.search(rf"Not measured.*\b{name}\b", page)
    for one in read().in_order():
        assert f"## {one.topic.title}" in page
        assert all(figure.what in page for figure in one.topic.figures)


def test_a_page_without_its_marks_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / pages.PAGE).write_text("Somebody took the marks out.")

    with pytest.raises(SystemExit, match="mark what is written"):
        pages.pages(tmp_path)


def test_a_picture_has_every_point_and_greater_values_stand_higher_and_further_right() -> None:
    picture = ElementTree.fromstring(drawn(CURVE))

    points = [
        (float(one.get("cx", 0)), float(one.get("cy", 0)))
        for one in picture.iter(f"{SVG}circle")
        if one.get("r") == "3"
    ]
    assert len(points) == 4
    (few, low), (many, high) = points[:2]
    assert few < many
    assert low > high, "up is less in a picture"


def test_names_of_lines_that_end_at_one_place_do_not_cover_each_other() -> None:
    same = {name: [(1.0, 1.0), (10.0, 5.0)] for name in ("one", "two", "three")}

    picture = ElementTree.fromstring(drawn(replace(CURVE, lines=same)))

    heights = sorted(float(one.get("y", 0)) for one in picture.iter(f"{SVG}text") if one.text in same)
    assert all(below - above >= 12 for above, below in pairwise(heights))


def test_a_picture_holds_its_words_as_text_and_fetches_nothing() -> None:
    hostile = replace(CURVE, name="a < b & <script>", lines={"<b>": [(1.0, 2.0), (10.0, 3.0)]})

    text = drawn(hostile)

    words = "".join(ElementTree.fromstring(text).itertext())
    assert "a < b & <script>" in words
    assert "<script>" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
