"""A network in memory that fails as a script says: a real connection with a history, for what a wire cannot show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from contentkit.errors import PlatformError, Uncertain
from contentkit.models import Limits
from contentkit.platforms import Attachment, Connection, Identity, Message, Status


@dataclass
class ScriptedNetwork(Connection):
    """``uploads``, ``creates`` and ``changes`` (edits and deletions) say what happens to the next ones: an error, or None for
    none; then all goes well. An Uncertain one is carried out all the same, when it ``arrives``.

    ``asked`` is everything that was asked of it, in order. ``before_upload`` and ``before_change`` are called before each.
    ``drops_pictures`` publishes the words alone, ``drops_alts`` the pictures without theirs; ``shows_as`` is the
    visibility that it gives everything, whatever was asked for.
    """

    uploads: list[PlatformError | None] = field(default_factory=list)
    creates: list[PlatformError | None] = field(default_factory=list)
    changes: list[PlatformError | None] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    pictures: dict[str, Attachment] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before_upload: Callable[[], None] = lambda: None
    before_change: Callable[[], None] = lambda: None
    arrives: bool = True
    late: list[Callable[[], None]] = field(default_factory=list)
    drops_pictures: bool = False
    drops_alts: bool = False
    shows_as: str = ""
    made: int = 0
    in_force: Limits = field(default_factory=Limits)
    used: list[tuple[str, ...]] = field(default_factory=list)

    def identity(self) -> Identity:
        return Identity(remote_id="me", handle="me")

    def limits(self) -> Limits:
        return self.in_force

    def upload(self, attachment: Attachment) -> str:
        self.before_upload()
        self.asked.append(f"upload {attachment.path}")
        _play(self.uploads)
        number = f"picture-{len(self.pictures) + 1}"
        self.pictures[number] = attachment
        return number

    def publish(self, message: Message) -> Status:
        self.asked.append(f"create {message.text}")
        self.used.append(message.media)
        _play(self.creates)
        self.made += 1
        number = str(self.made)
        media = () if self.drops_pictures else message.media
        status = Status(
            remote_id=number,
            url=f"net://{number}",
            text=message.text,
            parent=message.parent,
            pictures=len(media),
            alts=tuple("" if self.drops_alts else self.pictures[one].alt for one in media),
            visibility=self.shows_as or message.visibility,
            warning=message.warning,
            language=message.language,
        )
        self.statuses.append(status)
        return replace(status)

    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        self.asked.append(f"edit {remote_id} {message.text}")

        def change() -> None:
            self.statuses = [
                replace(one, text=message.text, alts=tuple(alts), warning=message.warning, language=message.language)
                if one.remote_id == remote_id
                else one
                for one in self.statuses
            ]

        self._change(change)
        return Status(remote_id=remote_id, url=f"net://{remote_id}", text=message.text)

    def delete(self, remote_id: str) -> None:
        self.asked.append(f"delete {remote_id}")

        def change() -> None:
            self.statuses = [one for one in self.statuses if one.remote_id != remote_id]

        self._change(change)

    def _change(self, change: Callable[[], None]) -> None:
        """A change that is doubtful and does not arrive is under way: ``late`` has it."""
        self.before_change()
        happens = self.changes.pop(0) if self.changes else None
        if happens is None or (isinstance(happens, Uncertain) and self.arrives):
            change()
        elif isinstance(happens, Uncertain):
            self.late.append(change)
        if happens is not None:
            raise happens

    def find(self, remote_id: str) -> Status | None:
        return next((status for status in self.statuses if status.remote_id == remote_id), None)

    def since(self, moment: datetime) -> list[Status]:
        return self.recent("")

    def recent(self, after: str) -> list[Status]:
        newest_first = self.statuses[::-1]
        known = [status.remote_id for status in newest_first]
        return newest_first[: known.index(after)] if after in known else newest_first

    def words(self, remote_id: str) -> str | None:
        return None

    def close(self) -> None:
        pass


def _play(script: list[PlatformError | None]) -> None:
    happens = script.pop(0) if script else None
    if happens is not None:
        raise happens
