"""A month and a week as they are drawn: what is in them, and a frame that no name can break."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from contentkit.views.calendar import Happening, cells, fits_month, fits_week, gaps, legend, month, sentence, week

MONDAY = date(2026, 12, 7)
TODAY = date(2026, 12, 8)
EMPTY: list[list[Happening]] = [[] for _ in range(35)]


def entry(name: str, day: int = 0, hour: int = 9, state: str = "planned", notes: tuple[str, ...] = ()) -> Happening:
    at = datetime(2026, 12, 7, hour, 30, tzinfo=UTC) + timedelta(days=day)
    return Happening(day=at.date(), kind="entry", at=at, name=name, state=state, accounts=("ours", "x"), notes=notes)


def free(name: str, day: int = 0) -> Happening:
    at = datetime(2026, 12, 7, 18, 0, tzinfo=UTC) + timedelta(days=day)
    return Happening(day=at.date(), kind="free", at=at, name=name, state="free", accounts=("ours",))


def whole(kind: str, *notes: str) -> Happening:
    return Happening(day=MONDAY, kind=kind, notes=notes)  # type: ignore[arg-type]


def month_of(*there: Happening) -> list[list[Happening]]:
    days: list[list[Happening]] = [[] for _ in range(35)]
    for one in there:
        days[(one.day - MONDAY).days].append(one)
    return days


def drawn(renderable: RenderableType, width: int) -> list[str]:
    output = StringIO()
    Console(file=output, width=width, markup=False, highlight=False, emoji=False, color_system=None).print(renderable)
    return output.getvalue().splitlines()


def square(lines: list[str], column: int) -> list[str]:
    """What stands in a day of the first week, without its frame."""
    week_ends = next(number for number, line in enumerate(lines[3:], 3) if line.startswith("├"))
    return [line.split("│")[column + 1].rstrip() for line in lines[3:week_ends]]


def test_a_month_has_a_row_for_each_week_and_says_which_day_is_today() -> None:
    lines = drawn(month(EMPTY, MONDAY, TODAY, 80), 80)
    assert sum(line.startswith(("├", "└")) for line in lines) == 6
    assert square(lines, 0) == ["7"]
    assert square(lines, 1) == ["8 today"]


def test_a_new_month_is_named_on_its_first_day() -> None:
    lines = drawn(month(EMPTY, date(2026, 11, 30), TODAY, 80), 80)
    assert (square(lines, 0), square(lines, 1)) == (["30"], ["1 Dec"])


@pytest.mark.parametrize(
    ("width", "shown"),
    [(80, ["7", "09:30●", " launch", "18:00+"]), (200, ["7", "09:30● launch", "18:00+ evening"])],
)
def test_an_entry_and_a_free_slot_stand_in_their_day_with_a_name_where_there_is_room(
    width: int, shown: list[str]
) -> None:
    assert square(drawn(month(month_of(entry("launch"), free("evening")), MONDAY, TODAY, width), width), 0) == shown


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ("sent", "✓"),
        ("held", "!"),
        ("unknown", "?"),
        ("to approve", "○"),
        ("paused", "="),
        ("sending", "»"),
        ("skipped", "–"),
    ],
)
def test_each_state_has_a_sign_and_the_legend_says_which(state: str, mark: str) -> None:
    days = month_of(entry("launch", state=state))
    assert square(drawn(month(days, MONDAY, TODAY, 80), 80), 0)[1] == f"09:30{mark}"
    assert legend(days) == f"{mark} {state}"


def test_an_entry_of_two_states_is_shown_once_in_the_one_that_asks_for_more() -> None:
    days = month_of(entry("launch", state="held"), entry("launch", state="sent"))
    assert square(drawn(month(days, MONDAY, TODAY, 80), 80), 0) == ["7", "09:30!", " launch"]


def test_an_entry_with_something_against_its_time_is_marked_and_told_in_the_week() -> None:
    days = month_of(entry("launch", notes=("lies in a blackout (fair)",)))
    assert square(drawn(month(days, MONDAY, TODAY, 80), 80), 0)[1] == "09:30●×"
    assert "× see --week" in legend(days)
    lines = drawn(week(days[:7], MONDAY, TODAY, 80), 80)
    assert lines[1].split() == ["09:30", "●×", "launch", "planned", "ours,", "x"]
    assert lines[2].strip() == "lies in a blackout (fair)"


def test_the_time_of_an_entry_elsewhere_is_told_and_is_nothing_against_it() -> None:
    days = month_of(replace(entry("launch"), own_time="17:30 in Asia/Tokyo"))
    assert legend(days) == "● planned"
    assert "launch  planned     ours, x (17:30 in Asia/Tokyo)" in drawn(week(days[:7], MONDAY, TODAY, 100), 100)[1]
    assert cells(days[0][0])[-1] == "17:30 in Asia/Tokyo"


def test_a_day_too_full_to_draw_says_how_much_more_there_is() -> None:
    days = month_of(*(entry(f"e{number}", hour=number) for number in range(12)))
    shown = square(drawn(month(days, MONDAY, TODAY, 80), 80), 0)
    assert (len(shown), shown[-1]) == (9, "17 more l…")


def test_a_week_says_of_each_day_what_is_true_of_all_of_it() -> None:
    days = month_of(
        whole("blackout", "fair"), whole("clocks", "the clocks go back by 1 h"), whole("gap", "nothing is planned")
    )
    lines = drawn(week(days[:2], MONDAY, TODAY, 120), 120)
    assert [line.rstrip() for line in lines] == [
        "Mon 7 Dec  blackout: fair  the clocks go back by 1 h  nothing is planned",
        "  nothing",
        "Tue 8 Dec today",
        "  nothing",
    ]


def test_one_thing_is_one_line_for_a_program_and_one_sentence_to_be_read_aloud() -> None:
    one = entry("launch", notes=("09:30 in Asia/Tokyo",))
    assert cells(one) == ("2026-12-07", "09:30", "entry", "launch", "planned", "ours, x", "09:30 in Asia/Tokyo")
    assert sentence(one) == "Mon 7 Dec 09:30: launch, planned, on ours, x, 09:30 in Asia/Tokyo"
    assert sentence(free("evening")) == "Mon 7 Dec 18:00: free, slot evening, on ours"
    assert sentence(whole("blackout", "fair")) == "Mon 7 Dec: blackout fair"


def test_gaps_are_named_and_many_of_them_counted() -> None:
    days = [[Happening(day=MONDAY + timedelta(days=number), kind="gap")] for number in range(7)]
    assert gaps(days[:2]) == "Slots are free and nothing is planned on Mon 7 Dec, Tue 8 Dec."
    assert gaps(days).endswith("Fri 11 Dec and 2 more days.")
    assert gaps([[]]) == ""


def test_a_terminal_too_narrow_for_seven_days_is_known() -> None:
    assert (fits_month(80), fits_month(71), fits_month(70)) == (True, True, False)
    assert (fits_week(60), fits_week(59)) == (True, False)


HOSTILE = st.text(
    st.sampled_from("a│─┼発🚀👩\u200d💻\ufe0f❤é\u0301שـ\x1b[2J\n\t\r\u202e\u2066[bold]%\u00ad\ufeff"), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from((71, 80, 120, 200)))
@example("a\u200d", "\u200d", 71)
def test_no_name_and_no_reason_breaks_the_frame(name: str, why: str, width: int) -> None:
    days = month_of(whole("blackout", why), entry(name, notes=(why,)), free(name))
    lines = drawn(month(days, MONDAY, TODAY, width), width)
    assert len({cell_len(line) for line in lines}) == 1
    assert len(lines) == len(
        drawn(month(month_of(whole("blackout", "w"), entry("n", notes=("w",)), free("n")), MONDAY, TODAY, width), width)
    )
    shown = "".join(lines + drawn(week(days[:7], MONDAY, TODAY, width), width) + [sentence(one) for one in days[0]])
    assert not set(shown) & set("\x1b\r\t\u202e\u2066")
