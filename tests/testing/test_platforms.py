"""Every platform of our own keeps the contract that a stranger's is held to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contentkit.models import Account
from contentkit.platforms import Status
from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.testing import Network, PlatformContract
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import creates_a_status
from tests.servers.mock_mastodon import MockMastodon
from tests.servers.records import StatusRecord


class TestConsole(PlatformContract):
    platform = Console()

    @pytest.fixture
    def network(self, tmp_path: Path) -> Network:
        def statuses() -> list[Status]:
            account = Account(name="contract", platform="console")
            return Console().connect(account, {}, tmp_path).recent("")[::-1]

        return Network(statuses=statuses)


class TestMastodonOnACompatibleServer(PlatformContract):
    platform = Mastodon()

    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with CompatibleServer() as server:
            yield network_of(server)


class TestMastodonOnMastodonMock(PlatformContract):
    platform = Mastodon()

    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with MockMastodon() as server:
            yield network_of(server)


def network_of(server: CompatibleServer | MockMastodon) -> Network:
    def statuses() -> list[Status]:
        records = server.statuses() if isinstance(server, MockMastodon) else server.statuses
        return [_status(record) for record in records if not record.deleted]

    return Network(statuses=statuses, server=server.url, secrets={"token": server.token}, creates=creates_a_status)


def _status(record: StatusRecord) -> Status:
    return Status(
        remote_id=record.id,
        url="",
        text=record.text,
        parent=record.in_reply_to_id or "",
        pictures=len(record.pictures),
    )
