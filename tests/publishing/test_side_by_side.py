from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from contentkit.publishing.side_by_side import side_by_side
from tests.threadless import no_more_threads


def _job(name: str, steps: int, done: list[str]) -> Iterator[None]:
    for number in range(steps):
        done.append(f"{name}{number}")
        yield


def test_one_worker_ends_each_job_before_the_next() -> None:
    done: list[str] = []
    side_by_side([_job("a", 2, done), _job("b", 2, done)], 1)
    assert done == ["a0", "a1", "b0", "b1"]


def test_a_job_alone_is_done_in_the_thread_that_asks() -> None:
    seen: list[threading.Thread] = []

    def job() -> Iterator[None]:
        seen.append(threading.current_thread())
        yield

    side_by_side([job()], 8)
    assert seen == [threading.current_thread()]


def test_where_the_machine_gives_no_threads_all_is_done_in_the_one_that_asks() -> None:
    done: list[str] = []
    with no_more_threads():
        side_by_side([_job("a", 2, done), _job("b", 2, done)], 2)
    assert sorted(done) == ["a0", "a1", "b0", "b1"]


@pytest.mark.parametrize("workers", [2, 3, 8, 100])
def test_each_job_is_done_to_its_end_and_in_its_order(workers: int) -> None:
    done: dict[str, list[str]] = {name: [] for name in "abcdefg"}
    side_by_side([_job(name, 20, its) for name, its in done.items()], workers)
    assert done == {name: [f"{name}{number}" for number in range(20)] for name in done}


def test_jobs_are_under_way_at_the_same_time() -> None:
    together = threading.Barrier(4, timeout=30)

    def job() -> Iterator[None]:
        together.wait()
        yield

    side_by_side([job() for _ in range(4)], 4)


def test_nobody_begins_a_step_after_one_has_failed() -> None:
    done: list[str] = []
    begun, failed = threading.Event(), threading.Event()

    def failing() -> Iterator[None]:
        begun.wait(30)
        failed.set()
        raise ValueError("the journal cannot be written")
        yield

    def other() -> Iterator[None]:
        begun.set()
        failed.wait(30)
        done.append("ended what it had begun")
        yield
        yield
        done.append("began anew")

    with pytest.raises(ValueError, match="journal"):
        side_by_side([failing(), other()], 2)
    assert done == ["ended what it had begun"]
