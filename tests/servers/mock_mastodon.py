"""The package mastodon-mock as a server for tests: another team's reading of the Mastodon API, over real HTTP.

What it forgives, so that no test may count on it for these: a reply to a status that does not exist, any language,
any visibility, no limit for the warning, links counted in full, the source of a status without a token, pictures of any kind
and size with alt texts of any length, pictures that do not exist, and one picture in two statuses (the second takes it away
from the first). Nothing is ever still being processed, and no token lacks a scope.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from types import TracebackType
from typing import Any

import requests

from tests.servers.records import MediaRecord, StatusRecord, threads

_TOKEN = "mock-token"
_START_WITHIN = 20.0
_PAGE = 40
_Scope = MutableMapping[str, Any]
_Stream = Callable[..., Awaitable[Any]]


class MockMastodon:
    """mastodon-mock in a thread of this process, with one account; usable once, as a context manager."""

    def __init__(self) -> None:
        self.token = _TOKEN
        self.url = ""
        self._history: list[tuple[str, str]] = []
        self._media = tempfile.TemporaryDirectory(prefix="mock-mastodon-")
        self._server = _server(_app(self._media.name), self._history)
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> MockMastodon:
        self._thread.start()
        deadline = time.monotonic() + _START_WITHIN
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("mastodon-mock did not start")
            time.sleep(0.002)
        host, port = self._server.servers[0].sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._media.cleanup()

    @property
    def history(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each request so far, those of ``statuses`` included."""
        return tuple(self._history)

    def statuses(self) -> list[StatusRecord]:
        """Every status of the account that stands, oldest first, read over the API. The key is not to be had."""
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Authorization"] = f"Bearer {self.token}"
            account = self._read(session, "/api/v1/accounts/verify_credentials")
            return [self._record(session, value) for value in reversed(self._listed(session, account["id"]))]

    def threads(self) -> list[list[str]]:
        """The texts that stand, thread by thread in reply order."""
        return threads(self.statuses())

    def _listed(self, session: requests.Session, account_id: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = []
        while True:
            older = f"&max_id={listed[-1]['id']}" if listed else ""
            page = self._read(session, f"/api/v1/accounts/{account_id}/statuses?limit={_PAGE}{older}")
            listed += page
            if len(page) < _PAGE:
                return listed

    def _record(self, session: requests.Session, value: dict[str, Any]) -> StatusRecord:
        return StatusRecord(
            id=value["id"],
            text=self._read(session, f"/api/v1/statuses/{value['id']}/source")["text"],
            created_at=datetime.fromisoformat(value["created_at"]),
            in_reply_to_id=value["in_reply_to_id"],
            visibility=value["visibility"],
            spoiler_text=value["spoiler_text"],
            language=value["language"] or "",
            pictures=tuple(self._picture(session, one, value["id"]) for one in value["media_attachments"]),
        )

    def _picture(self, session: requests.Session, value: dict[str, Any], status_id: str) -> MediaRecord:
        answer = session.get(value["url"], timeout=10)
        answer.raise_for_status()
        return MediaRecord(
            id=value["id"],
            data=answer.content,
            description=value["description"] or "",
            filename="",
            kind=value["type"],
            mime=answer.headers["Content-Type"],
            status_id=status_id,
        )

    def _read(self, session: requests.Session, target: str) -> Any:
        answer = session.get(self.url + target, timeout=10)
        answer.raise_for_status()
        return answer.json()


def _app(media: str) -> Any:
    """The application with a database and a media folder of its own, and without any file of the user's."""
    from mastodon_mock.app import create_app
    from mastodon_mock.config import MastodonMockConfig, SeedAccount, SeedConfig

    seed = SeedConfig(accounts=[SeedAccount(username="tester", access_token=_TOKEN)])
    return create_app(MastodonMockConfig(seed=seed, media_storage_path=media))


def _server(app: Any, history: list[tuple[str, str]]) -> Any:
    """The server, silent, leaving Python's logging as it is, and noting each request in ``history``."""
    import uvicorn

    async def noted(scope: _Scope, receive: _Stream, send: _Stream) -> None:
        if scope["type"] == "http":
            history.append((scope["method"], scope["path"]))
        await app(scope, receive, send)

    quiet = uvicorn.Config(noted, host="127.0.0.1", port=0, log_config=None, log_level="critical", ws="none")
    return uvicorn.Server(quiet)
