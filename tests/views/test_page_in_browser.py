"""The page in a real browser, where there is one: nothing is fetched, and nothing sticks out on any screen."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

from contentkit.models import Part
from contentkit.views.page import page
from tests.views.browser import NEEDS_BROWSER, dumped, everything
from tests.views.page_samples import PAGE, PREVIEW, TEXTS, with_preview, with_text

pytestmark = NEEDS_BROWSER
PIXEL = "https://tracker.example/pixel.png"


def test_a_browser_fetches_nothing_even_if_something_got_in(tmp_path: Path) -> None:
    with everything() as (port, paths):
        assert_nothing_is_fetched(port, paths, tmp_path)


def assert_nothing_is_fetched(port: int, paths: list[str], tmp_path: Path) -> None:
    hosts = f"127.0.0.1:{port}"
    intruder = f'<img src="{PIXEL.replace("https", "http")}"><script>document.title = "ran"</script></body>'
    shown = page(PAGE).replace("</body>", intruder)
    dump = dumped(shown, tmp_path, hosts)
    assert "<title>Grebe 2: from 51 minutes to 6</title>" in dump
    assert "/pixel.png" not in paths  # a browser asks its maker for the time all the same
    # Without the policy it would have: the test can tell.
    dump = dumped(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", shown), tmp_path, hosts)
    assert "<title>ran</title>" in dump
    assert "/pixel.png" in paths


def measured(shown: str, folder: Path, *widths: int) -> list[dict[str, int]]:
    """For windows of these widths: how wide the page is in each, how many columns its threads have, how many texts are open."""
    frames = "".join(f'<iframe style="width:{width}px" srcdoc="{escape(shown)}"></iframe>' for width in widths)
    script = """
      onload = () => {
        const told = [...document.querySelectorAll("iframe")].map(frame => {
          const page = frame.contentDocument;
          const lefts = [...page.querySelectorAll(".thread")].map(one => Math.round(one.getBoundingClientRect().left));
          return {
            inside: page.documentElement.clientWidth,
            wide: page.documentElement.scrollWidth,
            columns: new Set(lefts).size,
            readable: [...page.querySelectorAll(".text")].filter(one => one.checkVisibility()).length,
          };
        });
        document.body.textContent = JSON.stringify(told);
      };
    """
    dump = dumped(f"<!doctype html><script>{script}</script><body>{frames}</body>", folder)
    found = re.search(r"<body>(\[.*\])", dump, re.S)
    assert found, dump[-500:]
    told: list[dict[str, int]] = json.loads(unescape(found[1]))
    return told


def test_on_a_phone_threads_stand_below_each_other_and_on_a_desk_side_by_side(tmp_path: Path) -> None:
    assert [one["columns"] for one in measured(page(PAGE), tmp_path, 320, 375, 1200)] == [1, 1, 2]


def test_nothing_sticks_out_however_long_a_word_is(tmp_path: Path) -> None:
    account = replace(PREVIEW.rendition.account, handle="h" * 300, name="n" * 300)
    long = Part(post=0, text="x" * 500 + " https://example.org/" + "y" * 500, length=1000)
    rendition = replace(PREVIEW.rendition, parts=(long, long), account=account, warning="w" * 300)
    for shown in (PAGE, with_preview(replace(PREVIEW, rendition=rendition))):
        for one in measured(page(shown), tmp_path, 320, 375, 768, 1200, 2000):
            assert one["wide"] <= one["inside"]


def test_nothing_sticks_out_when_letters_are_twice_as_large(tmp_path: Path) -> None:
    shown = page(PAGE).replace("<style>", "<style>html { font-size: 200%; }")
    for one in measured(shown, tmp_path, 320, 375, 1200):
        assert one["wide"] <= one["inside"]


def test_on_paper_what_is_closed_can_be_read(tmp_path: Path) -> None:
    warned = replace(PREVIEW, rendition=replace(PREVIEW.rendition, warning="Numbers"))
    closed = page(with_preview(warned)).replace(' open=""', "")
    on_screen, on_paper = (
        measured(closed, tmp_path, 800),
        measured(closed.replace("@media print", "@media all"), tmp_path, 800),
    )
    assert on_screen[0]["readable"] == 0
    assert on_paper[0]["readable"] == len(PREVIEW.rendition.parts)


def test_a_browser_reads_every_text_as_it_is(tmp_path: Path) -> None:
    text = "</div><script>alert(1)</script> &amp; \u202e <!-- -->\n\n  漢字 עברית 🎉"
    dump = dumped(page(with_text(text)), tmp_path)
    found = re.search(r'<div class="text"[^>]*>(.*?)</div>', dump, re.S)
    assert found
    assert unescape(found[1]) == text.replace("\u202e", "\\u{202e}")
    assert TEXTS[0] not in dump
