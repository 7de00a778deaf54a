"""A Mastodon API server on this machine for the demo: the package mastodon-mock, in a process of its own.

This module is both sides: ``local_server`` starts it, ``python -m contentkit.cli.demo_server`` is what it starts.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contentkit.errors import StateError
from contentkit.values import dataclass

HANDLE = "grebe"
_TOKEN = "DEMO_SERVER_TOKEN"  # noqa: S105 - the name of an environment variable
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class LocalServer:
    """A server with one account; ``log`` is the file that it complains into."""

    url: str
    token: str
    log: Path

    def wait(self) -> None:
        """Returns when it answers. Raises StateError with its own words when it does not."""
        self._read("/api/v1/instance")

    def statuses(self) -> list[dict[str, Any]]:
        """The account's statuses as the server's API tells them, oldest first. Raises StateError."""
        me = self._read("/api/v1/accounts/verify_credentials")["id"]
        return list(reversed(self._read(f"/api/v1/accounts/{me}/statuses?limit=40")))

    def _read(self, path: str) -> Any:
        from urllib.request import ProxyHandler, Request, build_opener

        request = Request(self.url + path, headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310 - http to 127.0.0.1
        try:
            # No proxy of the environment stands between this machine and itself.
            with build_opener(ProxyHandler({})).open(request, timeout=_START_SECONDS) as answer:
                return json.load(answer)
        except (OSError, ValueError) as error:
            complaint = self.log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
            raise StateError(
                f"the local Mastodon server does not work: {complaint or error}",
                hint="try it again; without mastodon-mock installed the demo leaves this server out",
            ) from None


def is_available() -> bool:
    """Whether mastodon-mock is installed; it is not imported by asking."""
    return os.name == "posix" and find_spec("mastodon_mock") is not None


@contextmanager
def local_server(folder: Path, environment: Mapping[str, str]) -> Iterator[LocalServer]:
    """Starts the server, which may take two seconds to answer, and stops it in the end. ``folder`` is for its files."""
    token, log = secrets.token_urlsafe(16), folder / "server.log"
    # Bound here and handed over: the port is known at once, and nobody can take it in between.
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as complaints:
        port = listener.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "contentkit.cli.demo_server", str(listener.fileno())],
            cwd=folder,
            # Its database is a temporary file, also when it is told to keep it in memory.
            env={**environment, "TMPDIR": str(folder), _TOKEN: token},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            pass_fds=(listener.fileno(),),
        )
    try:
        yield LocalServer(url=f"http://127.0.0.1:{port}", token=token, log=log)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Closing its stdin asks it to end, as the death of this process would."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(descriptor: int, token: str) -> None:
    """Serves on this listening socket until stdin is closed; media go into the current folder."""
    threading.Thread(target=_end_with_stdin, daemon=True).start()

    import uvicorn
    from mastodon_mock.app import create_app
    from mastodon_mock.config import MastodonMockConfig, SeedAccount, SeedConfig

    listener = socket.socket(fileno=descriptor)
    host, port = listener.getsockname()
    seed = SeedConfig(accounts=[SeedAccount(username=HANDLE, access_token=token)])
    app = create_app(
        MastodonMockConfig(domain=f"{host}:{port}", url_scheme="http", seed=seed, media_storage_path="media")
    )
    uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="critical", ws="none")).run(sockets=[listener])


def _end_with_stdin() -> None:
    # Its other end closes when the demo ends, however it ends: no server is left behind. It has nothing to save.
    while os.read(0, 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]), os.environ[_TOKEN])
