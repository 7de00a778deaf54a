"""The contract of each broken plug-in; ``test_broken_plugins`` runs them in a pytest of their own and wants failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contentkit.drafting import Drafter
from contentkit.platforms.console import Console, ConsoleConnection
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.testing import DrafterContract, Network, PlatformContract
from tests.servers.compatible_server import CompatibleServer
from tests.testing import broken_drafters, broken_platforms
from tests.testing.broken_platforms import OnMastodon, OnTheConsole
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


def contract_of_platform(broken: type[Any]) -> type[PlatformContract]:
    if issubclass(broken, MastodonConnection):
        return type("", (OnAServer,), {"platform": OnMastodon(broken)})
    if issubclass(broken, ConsoleConnection):
        return type("", (OnAFile,), {"platform": OnTheConsole(broken)})
    return type("", (OnAFile,), {"platform": broken() if issubclass(broken, Console) else broken(MastodonConnection)})


def contract_of_drafter(broken: type[broken_drafters.Breaks]) -> type[DrafterContract]:
    class Contract(DrafterContract):
        verbatim = True

        @pytest.fixture
        def drafter(self) -> Drafter:
            return broken()

    return Contract


for platform in broken_platforms.SEEN_BY:
    globals()[f"TestPlatform{platform.__name__}"] = contract_of_platform(platform)
for drafter in broken_drafters.SEEN_BY:
    globals()[f"TestDrafter{drafter.__name__}"] = contract_of_drafter(drafter)
