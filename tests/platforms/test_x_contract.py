"""What every platform promises, kept by X on the loopback server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contentkit.platforms import Status
from contentkit.platforms.x import X
from contentkit.testing import Network, PlatformContract
from tests.servers.x_server import XServer, creates_a_post


class TestX(PlatformContract):
    platform = X()

    @pytest.fixture
    def network(self) -> Iterator[Network]:
        with XServer() as server:
            yield Network(
                statuses=lambda: statuses_of(server),
                server=server.url,
                secrets=server.keys.as_secrets(),
                creates=creates_a_post,
            )


def statuses_of(server: XServer) -> list[Status]:
    return [
        Status(remote_id=one.id, url="", text=one.text, parent=one.in_reply_to_id or "", pictures=len(one.media))
        for one in server.statuses
        if not one.deleted
    ]
