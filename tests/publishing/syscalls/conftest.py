"""Worlds that tests of one process share: making one takes longer than most that is played in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.publishing.syscalls.plans import Plan
from tests.publishing.syscalls.tracing import NotPermitted
from tests.publishing.syscalls.world import World, world_of


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], World]]:
    """The world of a network. Raises NotPermitted where nothing can be traced."""
    with ExitStack() as stack:

        @cache
        def made(network: str) -> World:
            world = stack.enter_context(world_of(network, tmp_path_factory.mktemp(network)))
            world.run("--version", plan=Plan())
            return world

        yield made


@pytest.fixture
def world(request: pytest.FixtureRequest, worlds: Callable[[str], World]) -> World:
    """The world of the network that the test is about. Where nothing can be traced a change passes without; a night fails."""
    try:
        return worlds(getattr(request, "param", "mastodon"))
    except NotPermitted as why:
        if request.node.get_closest_marker("nightly"):
            raise
        pytest.skip(f"this machine does not let a process trace its child: {why}")
