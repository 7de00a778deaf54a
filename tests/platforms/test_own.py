from __future__ import annotations

from contentkit.platforms.own import PRIVATE, REPLY, LeftOut, OwnStatus, sorted_out


def post(number: int, parent: int | str = "") -> OwnStatus:
    return OwnStatus(text=f"Post {number}.", remote_id=str(number), parent=str(parent))


def test_what_continues_an_answer_to_somebody_is_one_however_far_away() -> None:
    kept, left_out = sorted_out([post(4, 3), post(3, 2), LeftOut(REPLY, "2", "99"), post(1), post(5, 1)])
    assert [one.remote_id for one in kept] == ["1", "5"]
    assert left_out == {"replies": 3}


def test_what_continues_something_private_is_left_out_with_it() -> None:
    kept, left_out = sorted_out([LeftOut(PRIVATE, "1"), post(2, 1), post(3)])
    assert [one.remote_id for one in kept] == ["3"]
    assert left_out == {"not public": 2}


def test_posts_in_a_circle_are_kept_and_end() -> None:
    kept, left_out = sorted_out([post(1, 2), post(2, 1), post(3, 3)])
    assert ([one.remote_id for one in kept], left_out) == (["1", "2", "3"], {})


def test_a_thread_that_is_very_long_is_no_deeper_for_that() -> None:
    kept, left_out = sorted_out([LeftOut(REPLY, "0"), *(post(number, number - 1) for number in range(1, 20_000))])
    assert (kept, left_out) == ([], {"replies": 20_000})
