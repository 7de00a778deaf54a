"""A network that is a file on this machine: for trying things, and the smallest example of a platform."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from contentkit.counters.mastodon import links_in, mastodon_length
from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Connection, Identity, Message, Platform, Status

_FIELDS = {field.name for field in fields(Status)}


class Console(Platform):
    """The platform ``console``: every account is a file of JSON lines in the state folder."""

    name = "console"
    secrets: tuple[str, ...] = ()
    limits = Limits()
    edits = True

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
        taken = {one["remote_id"] for one in self._lines()}
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
            warning=message.warning,
            language=message.language,
        )
        self._add(vars(message) | vars(status))
        return status

    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        before = self._own(remote_id)
        if len(alts) != (before.pictures or 0):
            raise Refused(f"{before.url} has {before.pictures or 0} pictures, and not {len(alts)}")
        status = replace(
            before, text=message.text, alts=tuple(alts), warning=message.warning, language=message.language
        )
        self._add(vars(status))
        return status

    def delete(self, remote_id: str) -> None:
        if self.find(remote_id) is not None:
            self._add({"remote_id": remote_id, "deleted": True})

    def find(self, remote_id: str) -> Status | None:
        return next((status for status in self.recent("") if status.remote_id == remote_id), None)

    def recent(self, after: str) -> list[Status]:
        there: dict[str, Status] = {}
        for line in self._lines():
            if "deleted" in line:
                there.pop(line["remote_id"], None)
            elif status := _status_in(line):
                there[status.remote_id] = status
        newest_first = list(reversed(there.values()))
        known = [status.remote_id for status in newest_first]
        return newest_first[: known.index(after)] if after in known else newest_first

    def since(self, moment: datetime) -> list[Status]:  # noqa: ARG002 - the file has no times: all are told
        return self.recent("")

    def _own(self, remote_id: str) -> Status:
        status = self.find(remote_id)
        if status is None:
            raise Refused(f"{self._path}: has no status {remote_id}")
        return status

    def _add(self, values: Mapping[str, object]) -> None:
        """Adds a line, durably; what a crash cut short stays on a line of its own."""
        content = self._content()
        start = b"" if content.endswith(b"\n") or not content else b"\n"
        try:
            with self._path.open("ab") as file:
                # In ASCII: nothing in a text can end the line.
                file.write(start + json.dumps(values).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Uncertain(f"{self._path}: {error.strerror}") from error

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        """What the file says, oldest first. A line that is being written, or that a crash cut short, says nothing."""
        for line in self._content().splitlines():
            with suppress(ValueError):
                told = json.loads(line)
                if isinstance(told, dict) and isinstance(told.get("remote_id"), str):
                    yield told

    def _content(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise Unavailable(f"{self._path}: {error.strerror}") from error


def _status_in(line: Mapping[str, Any]) -> Status | None:
    """The status of one line, if it is one."""
    try:
        told = {key: value for key, value in line.items() if key in _FIELDS}
        alts = told.pop("alts", None)
        return Status(**told, alts=None if alts is None else tuple(alts))
    except TypeError:
        return None
