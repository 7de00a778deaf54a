"""A report in a real browser, where there is one: nothing sticks out or is cut off, on any screen, in any light."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from contentkit.views.report.page import page_with_charts
from tests.reports.made import Made
from tests.views.browser import NEEDS_BROWSER, dumped, everything
from tests.views.report_samples import HOSTILE, content_in

pytestmark = NEEDS_BROWSER
PIXEL = "http://tracker.example/pixel.png"
# For each window: how wide the page is, which charts are shown, words of them that are small or cut off, or lie on others.
_MEASURE = """
onload = () => {
  const told = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument;
    const drawn = [...page.querySelectorAll(".chart svg")].filter(one => one.checkVisibility());
    const words = drawn.map(svg => [...svg.querySelectorAll("text")].map(one => ({
      words: one.textContent, box: one.getBoundingClientRect(), svg: svg.getBoundingClientRect(),
      colour: frame.contentWindow.getComputedStyle(one).fill })));
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    return {
      inside: page.documentElement.clientWidth,
      wide: page.documentElement.scrollWidth,
      shown: [...new Set(drawn.map(one => one.parentElement.className))],
      charts: drawn.length,
      letters: Math.min(...words.flat().map(one => one.box.height)),
      cut: words.flat().filter(({box, svg}) => box.left < svg.left - 1 || box.right > svg.right + 1
        || box.top < svg.top - 1 || box.bottom > svg.bottom + 1).map(one => one.words),
      meeting: words.flatMap(some => some.flatMap((one, place) => some.slice(place + 1)
        .filter(other => meet(one.box, other.box)).map(other => one.words + " / " + other.words))),
      ground: frame.contentWindow.getComputedStyle(page.querySelector(".chart")).backgroundColor,
      colours: [...new Set(words.flat().map(one => one.colour))],
      queries: [...page.querySelectorAll("pre")].filter(one => one.checkVisibility()).length,
    };
  });
  document.body.textContent = JSON.stringify(told);
};
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_with_charts(content_in(tmp_path_factory.mktemp("sample")))


def measured(shown: str, folder: Path, *widths: int, more: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What a browser tells of the page in windows of these widths."""
    frames = "".join(f'<iframe style="width:{width}px" srcdoc="{escape(shown)}"></iframe>' for width in widths)
    document = f"<!doctype html><script>{_MEASURE}</script><body>{frames}</body>"
    found = re.search(r"<body>(\[.*\])", dumped(document, folder, "~NOTFOUND", *more), re.S)
    assert found
    told: list[dict[str, Any]] = json.loads(unescape(found[1]))
    return told


def test_nothing_sticks_out_and_every_chart_can_be_read(page: str, tmp_path: Path) -> None:
    told = measured(page, tmp_path, 320, 360, 768, 1200)
    assert [one["shown"] for one in told] == [["narrow"], ["narrow"], ["wide"], ["wide"]]
    for one in told:
        assert one["wide"] <= one["inside"]
        assert one["charts"] == 5
        assert one["cut"] == []
        assert one["meeting"] == []
        assert one["letters"] >= 10


@pytest.mark.nightly
def test_in_the_dark_charts_are_light_on_dark(page: str, tmp_path: Path) -> None:
    [light] = measured(page, tmp_path, 1000)
    [dark] = measured(page, tmp_path, 1000, more=("--blink-settings=preferredColorScheme=0",))
    assert light["ground"] == "rgb(255, 255, 255)"
    assert dark["ground"] == "rgb(33, 31, 27)"
    assert not set(light["colours"]) & set(dark["colours"])


@pytest.mark.nightly
def test_long_and_strange_words_stick_out_nowhere(tmp_path: Path) -> None:
    strange = Made(seed=4, threads=60, words=HOSTILE, accounts=("a" * 300 + "-mastodon", "b-x"))
    told = measured(page_with_charts(content_in(tmp_path, strange)), tmp_path, 320, 1200)
    for one in told:
        assert one["wide"] <= one["inside"]
        assert one["cut"] == []


@pytest.mark.nightly
def test_a_browser_fetches_nothing_even_if_something_got_in(page: str, tmp_path: Path) -> None:
    intruder = f'<img src="{PIXEL}"><script>document.title = "ran"</script></body>'
    with everything() as (port, paths):
        dump = dumped(page.replace("</body>", intruder), tmp_path, f"127.0.0.1:{port}")
        assert "<title>grebe: November 2026</title>" in dump
        assert "/pixel.png" not in paths


@pytest.mark.nightly
def test_on_paper_charts_stand_without_queries(page: str, tmp_path: Path) -> None:
    paper = page.replace("@media print", "@media all").replace("<details", '<details open=""')
    [told] = measured(paper, tmp_path, 800)
    assert told["queries"] == 0
    assert told["charts"] == 5
