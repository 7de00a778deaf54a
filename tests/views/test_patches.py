"""A patch on a terminal."""

from __future__ import annotations

from contentkit.views.patches import patch_view
from tests.views.terminal import coloured, shown

LINES = ["--- drafts/x.md", "+++ drafts/x.md", "@@ -6 +6 @@", "-We left.  ", "+We left."]


def test_a_patch_shows_the_spaces_that_go() -> None:
    assert shown(patch_view(LINES)) == [*LINES[:3], "-We left.··", "+We left."]


def test_what_goes_is_red_and_what_comes_is_green() -> None:
    seen = coloured(patch_view(LINES))
    assert "\x1b[31m-We left." in seen
    assert "\x1b[32m+We left." in seen


def test_no_word_of_a_draft_steers_the_terminal() -> None:
    assert "\x1b]" not in "".join(shown(patch_view(["-a\x1b]0;title\x07", "+b"])))
