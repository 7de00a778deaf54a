from __future__ import annotations

import pytest

from tests.checks.manners.posts import mended, words_of


@pytest.mark.parametrize("words", [":tada:", ":rocket:", ":+1:", ":white_check_mark:"])
def test_the_shortcode_of_an_emoji_is_a_warning(words: str) -> None:
    assert words_of("CK356", f"It is out {words} at last") == [words]


def test_a_shortcode_is_mended_into_its_emoji() -> None:
    assert mended("It is out :tada: and fast :zap:") == "It is out 🎉 and fast ⚡"


@pytest.mark.parametrize(
    "text",
    [
        "At 10:30:45 we left",
        "The :blobcat: of our server",
        "Write `:tada:` there",
        "std::fire::now",
        "a :tada b:",
        "a:fire:b",
    ],
)
def test_times_code_and_the_emoji_of_a_server_are_no_shortcodes(text: str) -> None:
    assert words_of("CK356", text) == []
