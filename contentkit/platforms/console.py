"""A network that is a file on this machine: for trying things, and the smallest example of a platform."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import count
from pathlib import Path

from contentkit.counters.mastodon import links_in, mastodon_length
from contentkit.errors import Unavailable, Uncertain
from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Connection, Identity, Message, Platform, Status

_FIELDS = {field.name for field in fields(Status)}


class Console(Platform):
    """The platform ``console``: every account is a file of JSON lines in the state folder."""

    name = "console"
    secrets: tuple[str, ...] = ()
    limits = Limits()

    def length(self, text: str, warning: str, limits: Limits) -> int:
        return mastodon_length(text, warning, url_length=limits.url_length)

    def links(self, text: str) -> Sequence[tuple[int, int]]:
        return links_in(text)

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> ConsoleConnection:  # noqa: ARG002
        return ConsoleConnection(account, state / f"{account.name}.console.jsonl")


class ConsoleConnection(Connection):
    def __init__(self, account: Account, path: Path) -> None:
        self._account = account
        self._path = path
        self._alts: dict[str, str] = {}

    def identity(self) -> Identity:
        return Identity(remote_id=self._account.name, handle=self._account.handle or self._account.name)

    def limits(self) -> Limits:
        return self._account.limits

    def upload(self, attachment: Attachment) -> str:
        self._alts[attachment.digest] = attachment.alt
        return attachment.digest

    def publish(self, message: Message) -> Status:
        content = self._content()
        taken = {status.remote_id for status in self.recent("")}
        number = next(str(one) for one in count(len(taken) + 1) if str(one) not in taken)
        url = f"console://{self._account.name}/{number}"
        status = Status(
            remote_id=number,
            url=url,
            text=message.text,
            parent=message.parent,
            pictures=len(message.media),
            alts=tuple(self._alts.get(one) for one in message.media),
            visibility=message.visibility,
        )
        # What a crash cut short stays on a line of its own.
        start = b"" if content.endswith(b"\n") or not content else b"\n"
        try:
            with self._path.open("ab") as file:
                # In ASCII: nothing in a text can end the line.
                file.write(start + json.dumps(vars(message) | vars(status)).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Uncertain(f"{self._path}: {error.strerror}") from error
        return status

    def find(self, remote_id: str) -> Status | None:
        return next((status for status in self.recent("") if status.remote_id == remote_id), None)

    def recent(self, after: str) -> list[Status]:
        newest_first = [status for line in reversed(self._content().splitlines()) if (status := _status_in(line))]
        known = [status.remote_id for status in newest_first]
        return newest_first[: known.index(after)] if after in known else newest_first

    def since(self, moment: datetime) -> list[Status]:  # noqa: ARG002 - the file has no times: all are told
        return self.recent("")

    def _content(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise Unavailable(f"{self._path}: {error.strerror}") from error


def _status_in(line: bytes) -> Status | None:
    """The status of one line; a line that is being written, or that a crash cut short, is none."""
    try:
        told = {key: value for key, value in json.loads(line).items() if key in _FIELDS}
        alts = told.pop("alts", None)
        return Status(**told, alts=None if alts is None else tuple(alts))
    except (ValueError, TypeError, AttributeError):
        return None
