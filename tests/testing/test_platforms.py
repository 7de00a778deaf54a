"""Every platform of our own keeps the contract that a stranger's is held to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.testing import Network, PlatformContract
from contentkit.testing.platforms import WorkingNetworkContract
from tests.servers.compatible_server import CompatibleServer
from tests.servers.mock_mastodon import MockMastodon
from tests.testing.networks import console_network, mastodon_network


class TestConsole(PlatformContract):
    platform = Console()

    @pytest.fixture
    def network(self, tmp_path: Path) -> Network:
        return console_network(tmp_path)


class TestMastodonOnACompatibleServer(PlatformContract):
    platform = Mastodon()

    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with CompatibleServer() as server:
            yield mastodon_network(server)


class TestMastodonOnMastodonMock(WorkingNetworkContract):
    """Its wire is not broken: what the proxy says in its place was heard on the other server."""

    platform = Mastodon()

    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with MockMastodon() as server:
            yield mastodon_network(server)
