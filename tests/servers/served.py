"""What every server here has in common: it answers on loopback for as long as it is entered."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from contentkit.testing.loopback import Answer, LoopbackServer, Request


class Served:
    """A server on a port of its own, ``url``. A subclass answers."""

    def __init__(self) -> None:
        self._server = LoopbackServer(self._respond)
        self.url = self._server.url

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def _respond(self, request: Request) -> Answer:
        raise NotImplementedError
