"""What an editor would not do."""

from __future__ import annotations

import pytest

from contentkit.splitting import Style, Unsplittable, split
from tests.splitting.samples import length, links

BEFORE = "Nobody had told us about that when"
AFTER = "came up in the talk with them and we went home to think it over"


def parts_of(text: str, limit: int, style: Style = "sentence-first") -> list[str]:
    return list(split(text, limit=limit, measure=length, links=links, style=style))


@pytest.mark.parametrize(
    "words",
    [
        "https://example.org/a,b;c(d)?e=f&g",
        "ftp://example.org/文書/一覧",
        "@ana.pérez@social.example.org",
        "#OpenSource",
        "$NXT",
        "`pip install it now`",
        "``a ` b``",
        "[the long docs](https://example.org)",
        "\u2067one two three\u2069",
        "`one \u2067two` three four\u2069",
        "\u202bone two three\u202c",
        "\u2067one\u2069\u202btwo \u2069 three four\u202c",
    ],
)
def test_what_makes_sense_only_as_a_whole_is_never_cut(words: str) -> None:
    for limit in range(length(words), length(words) + 60):
        assert sum(words in part for part in parts_of(f"{BEFORE} {words} {AFTER}", limit)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "5 %",
        "€ 3.5",
        "US$ 3.5",
        "10 000 users",
        "10\u00a0000\u00a0users",
        "cherry\u00a0orchard",
        "v 1.2.3",
        "3.5 million users",
        "12:30 h",
        "-3 °C",
        "± 2 ms",
        "12年",
        "version 3",
        "Chapter 5",
        "fig. 3",
        "Dr. Ana",
        "J. R. R. Tolkien",
        "e.g. this",
        "z. B. das",
        "« mot »",
        "vraiment ?",
        "– and",
    ],
)
def test_what_is_read_as_one_is_cut_only_where_nothing_else_fits(words: str) -> None:
    for limit in range(length(words) + 12, length(words) + 60):
        assert sum(words in part for part in parts_of(f"{BEFORE} {words} {AFTER}", limit)) == 1


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("One two three.\n\nFour five. Six seven eight.", 30, "One two three."),
        ("One two three.\nFour five. Six seven eight.", 30, "One two three."),
        ("One two three. Four five, six seven eight.", 30, "One two three."),
        ("One two three four; five six, seven eight nine.", 40, "One two three four;"),
        ("One two three four, five six seven eight nine.", 40, "One two three four,"),
        ("One two three four because five six seven eight.", 40, "One two three four"),
        ("One two three four five of the six seven eight.", 33, "One two three four five"),
        ("One two three (four five six) seven eight.", 34, "One two three"),
        ("One two. “Three four. Five six seven.”", 33, "One two."),
        ("One two. (Three four. Five six seven.)", 33, "One two."),
        ("我们今天发布了新版本。感谢所有人，特别是你。", 15, "我们今天发布了新版本。"),
        ("我们今天发布了新版本，感谢所有参与测试的朋友。", 16, "我们今天发布了新版本，"),
        ("「はい、そうです。」と彼は言った。ありがとう。", 18, "「はい、そうです。」と彼は言った。"),
        ("新しいスケジューラーを公開", 8, "新しい"),
        ("私たちは東京で新しい版を公開しました", 12, "私たちは東京で新しい"),
        ("私たちは東京で新しい版を公開しました", 16, "私たちは東京で新しい版を"),
        ("نعم هذا صحيح، وهو جيد. شكرا لكم.", 30, "نعم هذا صحيح، وهو جيد."),
        ("यह चलता है। आप सब का धन्यवाद।", 20, "यह चलता है।"),
        ("One two three. 🎉 Four five six seven.", 25, "One two three. 🎉"),
        ("One two. Three four five. 🎉 Six seven eight.", 36, "One two. Three four five. 🎉"),
        ("One two three, four (five six seven, eight nine ten)", 40, "One two three,"),
        ("今日は。「はい、そうです。」と彼は静かに言った。", 22, "今日は。"),
        ("One two three — four five six seven eight.", 30, "One two three"),
    ],
)
def test_the_best_place_is_taken(text: str, limit: int, first: str) -> None:
    assert parts_of(text, limit)[0] == first


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        pytest.param(
            "It was a good year for us.\n\nThree things:\n\n- faster start\n- fewer lines",
            48,
            ["It was a good year for us.", "Three things:\n\n- faster start\n- fewer lines"],
            id="a lead-in stays with its list",
        ),
        pytest.param(
            "1. The first of them all, and the oldest\n2. The second of all\n   - with this\n   - and that\n3. The third",
            64,
            [
                "1. The first of them all, and the oldest",
                "2. The second of all\n   - with this\n   - and that\n3. The third",
            ],
            id="an item stays with its own items",
        ),
        pytest.param(
            "1. The first of them all, and the oldest\n\n2. The second of all\n\n   - with this\n\n   - and that\n\n3. The third",
            66,
            [
                "1. The first of them all, and the oldest",
                "2. The second of all\n\n   - with this\n\n   - and that\n\n3. The third",
            ],
            id="also with blank lines",
        ),
        pytest.param(
            "We wrote it down.\nThree things:\n- faster start\n- fewer lines",
            44,
            ["We wrote it down.", "Three things:\n- faster start\n- fewer lines"],
            id="also without blank lines",
        ),
        pytest.param(
            "It was a good year for all of us.\n\nWhat comes next\n\nWe go on as before, and we say so.",
            55,
            ["It was a good year for all of us.", "What comes next\n\nWe go on as before, and we say so."],
            id="a heading stays with its text",
        ),
        pytest.param(
            "- One thing. It is big.\n- Another thing. It is small.",
            45,
            ["- One thing. It is big.", "- Another thing. It is small."],
            id="an item stays whole",
        ),
        pytest.param(
            "We wrote all of it down. It took us a year.\nhttps://example.org/year",
            50,
            ["We wrote all of it down.", "It took us a year.\nhttps://example.org/year"],
            id="a link stays with its sentence",
        ),
        pytest.param(
            "We shipped it at last today. Thanks to all of you.\n\n#FOSS #Python",
            52,
            ["We shipped it at last today.", "Thanks to all of you.\n\n#FOSS #Python"],
            id="tags are never alone",
        ),
        pytest.param(
            "We shipped it at last today. Thanks to all of you. #FOSS #Python",
            51,
            ["We shipped it at last today.", "Thanks to all of you. #FOSS #Python"],
            id="nor on a line with a sentence",
        ),
        pytest.param(
            "We shipped it at last today. Thanks to all of you 🎉",
            49,
            ["We shipped it at last today.", "Thanks to all of you 🎉"],
            id="emoji are never alone",
        ),
        pytest.param(
            "One two three four five. Six seven eight nine ten. Yes, we do.",
            55,
            ["One two three four five.", "Six seven eight nine ten. Yes, we do."],
            id="the last part is more than a few words",
        ),
    ],
)
def test_what_belongs_together_stays_together(text: str, limit: int, parts: list[str]) -> None:
    assert parts_of(text, limit) == parts


def test_no_part_starts_with_a_sign_that_closes_or_ends_with_one_that_opens() -> None:
    text = "我们今天发布了《新版本指南》，并感谢「大家」（所有人）的帮助。新しいスーパーマーケットへ、ようこそ！"
    for limit in range(8, 30):
        for part in parts_of(text, limit):
            assert part[0] not in "》，」）。ー、！"
            assert part[-1] not in "《「（"


def test_where_parts_cost_money_a_cut_in_a_sentence_may_save_one() -> None:
    text = "We rewrote it. It took us three months, two drafts and a review. Now it works for us."
    assert parts_of(text, 50, "balanced") == [
        "We rewrote it. It took us three months,",
        "two drafts and a review. Now it works for us.",
    ]
    assert parts_of(text, 50, "sentence-first") == [
        "We rewrote it.",
        "It took us three months, two drafts and a review.",
        "Now it works for us.",
    ]


def test_a_word_longer_than_a_part_is_cut_between_characters() -> None:
    family = "👩‍👩‍👧"
    assert parts_of(family * 5, 2) == [family * 2, family * 2, family]


@pytest.mark.parametrize("limit", [0, 3])
def test_no_room_at_all_is_told(limit: int) -> None:
    with pytest.raises(Unsplittable, match=f"a part of at most {limit} characters has no room for any text"):
        split("One two.", limit=limit, measure=lambda text: len(text) + 5, links=links, style="balanced")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("#" + "long" * 20, "hashtag"),
        ("@" + "long" * 20, "mention"),
        ("`" + "long " * 20 + "`", "code"),
        ("e" + "\u0301" * 2, "single character"),
        ("[" + "long " * 20 + "](https://example.org)", "link"),
    ],
)
def test_what_cannot_be_cut_is_named_with_its_place(words: str, what: str) -> None:
    limit = 2 if what == "single character" else 60
    with pytest.raises(Unsplittable, match=f"the {what} '") as caught:
        split(f"One two {words} three.", limit=limit, measure=len, links=links, style="balanced")
    assert (caught.value.start, caught.value.end) == (8, 8 + len(words))


def test_what_the_network_counts_longer_than_its_pieces_is_cut_once_more() -> None:
    def strange(text: str) -> int:
        return len(text) + 10 * text.count("two three")

    parts = split("one two three four", limit=15, measure=strange, links=links, style="balanced")
    assert all(strange(part) <= 15 for part in parts)
    assert " ".join(parts) == "one two three four"


def test_a_text_of_spaces_that_bind_is_cut_at_them() -> None:
    parts = parts_of("one\u00a0two\u00a0three\u00a0four\u00a0five", 12)
    assert " ".join(parts).replace("\u00a0", " ") == "one two three four five"
    assert all(part == part.strip() for part in parts)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("one two three \u0301four five six", "\u0301"), ("きれいな" + "か\u3099" * 9 + "です", "\u3099")],
)
def test_a_mark_is_never_cut_off_from_what_it_stands_on(text: str, mark: str) -> None:
    for limit in range(5, 20):
        assert not any(part.startswith(mark) for part in parts_of(text, limit))


def test_a_space_that_belongs_to_a_character_is_not_cut_off_from_it() -> None:
    # A sign before numbers (U+0600) takes what follows it into one character, and be it a space.
    with pytest.raises(Unsplittable):
        parts_of("\u0600 0", 1, "balanced")
    assert parts_of("1 \u0600 0", 3, "balanced") == ["1", "\u0600 0"]
