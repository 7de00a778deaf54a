"""A network that is a file on this machine: for trying things, and the smallest example of a platform."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Identity, Message, Status
from contentkit.text import mastodon_length


class Console:
    """The platform ``console``: every account is a file of JSON lines in the state folder."""

    name = "console"
    secrets: tuple[str, ...] = ()
    limits = Limits()

    def length(self, text: str, warning: str, limits: Limits) -> int:
        return mastodon_length(text, warning, url_length=limits.url_length)

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> ConsoleConnection:  # noqa: ARG002
        return ConsoleConnection(account, state / f"{account.name}.console.jsonl")


class ConsoleConnection:
    def __init__(self, account: Account, path: Path) -> None:
        self._account = account
        self._path = path

    def identity(self) -> Identity:
        return Identity(remote_id=self._account.name, handle=self._account.handle or self._account.name)

    def limits(self) -> Limits:
        return self._account.limits

    def publish(self, message: Message) -> Status:
        number = str(len(self.recent("")) + 1)
        status = Status(
            remote_id=number,
            url=f"console://{self._account.name}/{number}",
            text=message.text,
            parent=message.parent,
            pictures=len(message.media),
        )
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(vars(status), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return status

    def upload(self, attachment: Attachment) -> str:
        return attachment.digest

    def find(self, remote_id: str) -> Status | None:
        return next((status for status in self.recent("") if status.remote_id == remote_id), None)

    def recent(self, after: str) -> list[Status]:
        lines = self._path.read_text("utf-8").splitlines() if self._path.exists() else []
        newest_first = [status for line in reversed(lines) if (status := _status_in(line))]
        known = [status.remote_id for status in newest_first]
        return newest_first[: known.index(after)] if after in known else newest_first

    def words(self, remote_id: str) -> str | None:
        status = self.find(remote_id)
        return status.text if status else None

    def close(self) -> None:
        pass


def _status_in(line: str) -> Status | None:
    """The status of one line; a line that a crash cut short is none."""
    try:
        return Status(**json.loads(line))
    except (ValueError, TypeError):
        return None
