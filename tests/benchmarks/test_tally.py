"""What the judges said, put together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.drafts.answers import read_answers
from benchmarks.drafts.intervals import bootstrapped, wilson
from benchmarks.drafts.sheets import CRITERIA
from benchmarks.drafts.tally import ALL, Key, Preference, agreement, grades, preferences, report
from contentkit.errors import ContentError
from tests.benchmarks.made import form, key

KEY = key(
    {
        "p001": ("one.md", "posts", "contentkit", "lead"),
        "p002": ("two.md", "posts", "lead", "contentkit"),
        "p003": ("two.md", "posts", "textrank", "contentkit"),
        "p004": ("call.md", "interviews", "contentkit", "lead"),
    }
)


def found(preferred: list[Preference], group: str, against: str) -> Preference:
    return next(one for one in preferred if (one.group, one.against) == (group, against))


def test_a_preference_counts_for_whoever_stood_on_that_side(tmp_path: Path) -> None:
    path = form(
        tmp_path / "f.json", {"p001": (4, 2, "A"), "p002": (2, 4, "B"), "p003": (4, 2, "A"), "p004": (3, 3, "B")}
    )
    preferred = preferences(read_answers([path])[0], KEY)
    assert found(preferred, "posts", "lead").wins == 2
    assert found(preferred, "posts", "textrank").wins == 0
    assert found(preferred, ALL, "lead").wins == 2
    assert found(preferred, ALL, ALL).share == 0.5


def test_a_tie_is_half_and_is_told(tmp_path: Path) -> None:
    path = form(tmp_path / "f.json", {"p001": (4, 2, "tie"), "p002": (2, 4, "B")})
    one = found(preferences(read_answers([path])[0], KEY), "posts", "lead")
    assert (one.pairs, one.ties, one.wins) == (2, 1, 1.5)


def test_several_judges_of_a_pair_make_one_pair(tmp_path: Path) -> None:
    paths = [
        form(tmp_path / f"{judge}.json", {"p001": (4, 2, said)}, judge) for judge, said in (("a", "A"), ("b", "B"))
    ]
    one = found(preferences(read_answers(paths)[0], KEY), "posts", "lead")
    assert (one.pairs, one.wins) == (1, 0.5)


def test_judges_agree_when_all_prefer_the_same(tmp_path: Path) -> None:
    first = form(tmp_path / "1.json", {"p001": (4, 2, "A"), "p002": (4, 2, "A"), "p003": (4, 2, "A")}, "a")
    second = form(tmp_path / "2.json", {"p001": (4, 2, "A"), "p002": (4, 2, "B")}, "b")
    assert agreement(read_answers([first, second])[0]) == (1, 2)


def test_grades_are_averaged_over_texts_not_over_answers(tmp_path: Path) -> None:
    path = form(tmp_path / "f.json", {"p001": (5, 1, "A"), "p002": (1, 2, "B"), "p003": (1, 4, "B")})
    ours = [
        one
        for one in grades(read_answers([path])[0], [], KEY)
        if (one.group, one.maker, one.criterion) == ("posts", "contentkit", ALL)
    ]
    # one.md: 5; two.md: the mean of 2 and 4.
    assert [(one.texts, one.mean) for one in ours] == [(2, 4.0)]


def test_the_grades_of_all_groups_are_those_of_their_texts(tmp_path: Path) -> None:
    known = key({"p1": ("a.md", "posts", "contentkit", "lead"), "p2": ("a.md", "notes", "contentkit", "lead")})
    path = form(tmp_path / "f.json", {"p1": (5, 1, "A"), "p2": (2, 1, "A")})
    ours = {
        (one.group, one.texts): one.mean
        for one in grades(read_answers([path])[0], [], known)
        if (one.maker, one.criterion) == ("contentkit", ALL)
    }
    assert ours == {("posts", 1): 5, ("notes", 1): 2, (ALL, 2): 3.5}


def test_a_thread_that_was_graded_alone_is_told_apart(tmp_path: Path) -> None:
    beside = form(tmp_path / "f.json", {"p001": (4, 2, "A")})
    alone = tmp_path / "s.json"
    said = dict.fromkeys(CRITERIA, 3) | {"hook": 5}
    alone.write_text(json.dumps({"judge": "Ida", "singles": {"s001": said}}), encoding="utf-8")
    single = {"text": "one.md", "group": "posts", "A": "contentkit"}
    known = Key(ours="contentkit", pairs={**KEY.pairs, "s001": single})
    found = grades(*read_answers([beside, alone]), known)
    hooks = {one.maker: one.mean for one in found if (one.group, one.criterion) == ("posts", "hook")}
    assert hooks == {"contentkit": 4, "contentkit, alone": 5, "lead": 2}


def test_the_report_has_a_line_for_each_group_and_baseline(tmp_path: Path) -> None:
    path = form(tmp_path / "f.json", {"p001": (4, 2, "A"), "p004": (3, 3, "tie")})
    lines = list(report(*read_answers([path]), KEY))
    assert "| posts | lead | 1 | 0 | 100% | 21% to 100% |" in lines
    assert "| interviews | all | 1 | 1 | 50% | 5% to 95% |" in lines


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"p001": (4, 2, "")}, "p001: 'preferred' is ''"),
        ({"p001": (0, 2, "A")}, "p001, A: hook is 0"),
        ({"p001": (4, 6, "A")}, "p001, B: hook is 6"),
    ],
)
def test_a_form_that_is_not_filled_in_is_refused(
    tmp_path: Path, answers: dict[str, tuple[int, int, str]], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        read_answers([form(tmp_path / "f.json", answers)])


def test_answers_to_another_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the key has no p009"):
        preferences(read_answers([form(tmp_path / "f.json", {"p009": (4, 2, "A")})])[0], KEY)


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ContentError, match="no form of a batch"):
        read_answers([tmp_path / "f.json"])


# Known values: Newcombe (1998), table I, method 3; 81 of 263, 15 of 148, 0 of 20, 1 of 29.
@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_as_published(successes: int, trials: int, low: float, high: float) -> None:
    assert list(wilson(successes, trials)) == pytest.approx([low, high], abs=5e-5)


def test_nothing_is_known_without_a_trial() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@settings(max_examples=200, deadline=None)
@given(halves=st.integers(0, 80), trials=st.integers(1, 40))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(halves: int, trials: int) -> None:
    share = min(halves / 2, trials) / trials
    low, high = wilson(min(halves / 2, trials), trials)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_the_bootstrap_is_the_same_each_time_and_holds_the_mean() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 3.0]
    low, high = bootstrapped(values)
    assert bootstrapped(values) == (low, high)
    assert low < 3.0 < high


def test_values_without_spread_have_an_interval_without_width() -> None:
    assert bootstrapped([4.0] * 6) == (4.0, 4.0)
