"""The contract of each broken platform; ``test_broken_platforms`` runs them in a pytest of their own and wants failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contentkit.platforms.console import Console, ConsoleConnection
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.testing import Network, PlatformContract
from tests.servers.compatible_server import CompatibleServer
from tests.testing.broken_platforms import SEEN_BY, OnMastodon, OnTheConsole
from tests.testing.networks import console_network, mastodon_network


class OnAFile(PlatformContract):
    @pytest.fixture
    def network(self, tmp_path: Path) -> Network:
        return console_network(tmp_path)


class OnAServer(PlatformContract):
    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with CompatibleServer() as server:
            yield mastodon_network(server)


def contract_of(broken: type[Any]) -> type[PlatformContract]:
    name = f"Test{broken.__name__}"
    if issubclass(broken, MastodonConnection):
        return type(name, (OnAServer,), {"platform": OnMastodon(broken)})
    if issubclass(broken, ConsoleConnection):
        return type(name, (OnAFile,), {"platform": OnTheConsole(broken)})
    return type(name, (OnAFile,), {"platform": broken() if issubclass(broken, Console) else broken(MastodonConnection)})


globals().update({f"Test{broken.__name__}": contract_of(broken) for broken in SEEN_BY})
