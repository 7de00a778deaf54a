"""The networks of our own tests, told to the contract of platforms."""

from __future__ import annotations

from pathlib import Path

from contentkit.models import Account
from contentkit.platforms import Status
from contentkit.platforms.console import Console
from contentkit.testing import Network
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import creates_a_status
from tests.servers.mock_mastodon import MockMastodon
from tests.servers.records import StatusRecord


def console_network(state: Path) -> Network:
    def statuses() -> list[Status]:
        account = Account(name="contract", platform="console")
        return Console().connect(account, {}, state).recent("")[::-1]

    return Network(statuses=statuses)


def mastodon_network(server: CompatibleServer | MockMastodon) -> Network:
    def statuses() -> list[Status]:
        records = server.statuses() if isinstance(server, MockMastodon) else server.statuses
        return [status_of(record) for record in records if not record.deleted]

    return Network(statuses=statuses, server=server.url, secrets={"token": server.token}, creates=creates_a_status)


def status_of(record: StatusRecord) -> Status:
    return Status(
        remote_id=record.id,
        url="",
        text=record.text,
        parent=record.in_reply_to_id or "",
        pictures=len(record.pictures),
    )
