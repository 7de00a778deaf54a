from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from contentkit.platforms.deadline import Guard
from tests.threadless import no_more_threads


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    for one in (here, there):
        one.settimeout(30)
    with closing(here), closing(there):
        yield here, there


def test_when_the_time_is_over_the_connection_breaks(ends: tuple[socket.socket, socket.socket]) -> None:
    guard = Guard()
    with guard.limited(0.05):
        guard.watch(ends[0])
        assert ends[0].recv(1) == b""


def test_a_shorter_time_after_a_longer_one_is_kept(ends: tuple[socket.socket, socket.socket]) -> None:
    guard = Guard()
    with guard.limited(1000):
        pass
    with guard.limited(0.05):
        guard.watch(ends[0])
        assert ends[0].recv(1) == b""


def test_what_ended_in_time_is_left_alone(ends: tuple[socket.socket, socket.socket]) -> None:
    guard, over = Guard(), socket.socketpair()
    with guard.limited(0.05):
        guard.watch(ends[0])
    with guard.limited(0.2), closing(over[0]), closing(over[1]):
        guard.watch(over[0])
        assert over[0].recv(1) == b""
    ends[1].sendall(b"x")
    assert ends[0].recv(1) == b"x"


def test_one_thread_watches_many_exchanges_and_ends_after_the_last() -> None:
    guard, before = Guard(), set(threading.enumerate())
    for _ in range(50):
        with guard.limited(1000):
            pass
    watching = [thread for thread in threading.enumerate() if thread not in before]
    assert len(watching) <= 1
    for thread in watching:
        thread.join(30)
        assert not thread.is_alive()


def test_time_is_limited_again_after_the_machine_gave_no_thread(ends: tuple[socket.socket, socket.socket]) -> None:
    guard = Guard()
    with no_more_threads(), pytest.raises(RuntimeError), guard.limited(1000):
        pass
    with guard.limited(0.05):
        guard.watch(ends[0])
        assert ends[0].recv(1) == b""
