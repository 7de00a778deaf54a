from __future__ import annotations

import pytest

from tests.checks.manners.posts import told, words_of


@pytest.mark.parametrize("row", ["🚀🚀🚀", "🎉 🎉 🎉", "👩🏽‍💻👩🏽‍💻👩🏽‍💻", "🇲🇽🇪🇸🇺🇸", "❤️❤️❤️"])
def test_three_emoji_in_a_row_are_a_warning(row: str) -> None:
    (problem,) = told(f"It works {row} and well")
    assert (problem.check, problem.severity, problem.words) == ("CK335", "warning", row)


@pytest.mark.parametrize(
    "text", ["It works 🎉🎉", "👨‍👩‍👧‍👦 one family", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 one flag", "a ✓ b ✓ c ✓ ✓ ✓", "1️⃣ 2 ©™®", "🎉 so\n🎉 it is"]
)
def test_a_few_emoji_are_fine(text: str) -> None:
    assert told(text) == []


def test_many_emoji_in_one_post_are_a_warning() -> None:
    text = "One 🚀 two 🎉 three 💥 four 🔥 five 💯 six 🙌"
    assert words_of("CK335", text) == []
    assert words_of("CK335", text + " seven ✨") == ["✨"]


def test_emoji_before_each_line_of_a_list_are_a_warning() -> None:
    assert words_of("CK336", "New:\n✅ search\n✅ speed\n🚀 size") == ["✅"]
    assert words_of("CK336", "New:\n✅ search\n✅ speed") == []
    assert words_of("CK336", "New:\n- search ✅\n- speed ✅\n- size ✅") == []


@pytest.mark.parametrize(("text", "emoji"), [("We wrote a 🔥 release", "🔥"), ("I ❤️ Python", "❤️"), ("Es una 💣", "💣")])
def test_an_emoji_in_the_place_of_a_word_is_a_warning(text: str, emoji: str) -> None:
    assert words_of("CK337", text) == [emoji]


@pytest.mark.parametrize("text", ["We wrote it 🔥", "Version A 🎉", "Hola 👋 a todas", "Thanks to all of you 💜"])
def test_an_emoji_behind_its_words_is_fine(text: str) -> None:
    assert words_of("CK337", text) == []
