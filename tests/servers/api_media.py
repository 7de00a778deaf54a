"""The pictures of the compatible server: uploads read strictly, kept byte for byte, processed for a while, used once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from contentkit.testing.loopback import Request
from tests.servers.api_input import ServerLimits, Wrong
from tests.servers.records import MediaRecord

_BOUNDARY = re.compile(r'multipart/form-data; *boundary="?([^";]+)"?')
_FIELD = re.compile(r'form-data; *name="([^"]*)"(?:; *filename="([^"]*)")?')


class MediaShelf:
    """Everything that was uploaded to one account. Thread-safe.

    ``polls`` is how many times an upload of the second version says that it is still being processed.
    """

    def __init__(self, new_id: Callable[[], str]) -> None:
        self.polls = 0
        self._failing = 0
        self._new_id = new_id
        self._lock = threading.Lock()
        self._records: dict[str, MediaRecord] = {}

    @property
    def records(self) -> list[MediaRecord]:
        """All of them, oldest first, the attached ones too."""
        with self._lock:
            return list(self._records.values())

    def fail_next(self, times: int) -> None:
        with self._lock:
            self._failing += times

    def accept(self, request: Request, limits: ServerLimits, *, processing: bool) -> MediaRecord:
        """Keeps the upload of this request. Raises Wrong: 400, 413 when it is too large, 415, 422 for an unknown kind."""
        part = _file_part(request)
        record = MediaRecord(
            id=self._new_id(),
            data=part.data,
            description=_described(request, limits),
            filename=part.filename,
            kind=_kind_of(part),
            mime=part.mime,
        )
        _check_size(record, limits)
        with self._lock:
            failing = processing and self._failing > 0
            self._failing -= failing
            polls = max(self.polls, 1 if failing else 0) if processing else 0
            record = replace(record, polls_left=polls, broken=failing)
            self._records[record.id] = record
        return record

    def poll(self, media_id: str) -> MediaRecord:
        """The upload as it is now; each look brings its processing forward. Raises Wrong: 404, 422 when it failed."""
        with self._lock:
            record = self._records.get(media_id)
            if record is None:
                raise Wrong(404, "Record not found")
            if record.broken:
                raise Wrong(422, "Error processing thumbnail for uploaded media")
            self._records[media_id] = replace(record, polls_left=max(record.polls_left - 1, 0))
        return record

    def attach(self, media_ids: Sequence[str], status_id: str, limits: ServerLimits) -> tuple[MediaRecord, ...]:
        """Uses uploads for a status, once and all or none. Raises Wrong."""
        if len(media_ids) > limits.max_media_attachments:
            raise Wrong(400, f"Bad Request: {len(media_ids)} media, the limit is {limits.max_media_attachments}")
        if len(set(media_ids)) != len(media_ids):
            raise Wrong(400, "Bad Request: a media attachment twice")
        with self._lock:
            found = tuple(self._unused(media_id) for media_id in media_ids)
            for record in found:
                self._records[record.id] = replace(record, status_id=status_id)
        return found

    def keep(
        self, attached: Sequence[MediaRecord], media_ids: Sequence[str], alts: Mapping[str, str]
    ) -> tuple[MediaRecord, ...]:
        """What is left of a status' pictures when it is edited: those that are named, with these new alt texts. Raises Wrong."""
        mine = {record.id: record for record in attached}
        if missing := [one for one in (*media_ids, *alts) if one not in mine]:
            raise Wrong(422, f"Validation failed: media {missing[0]} does not belong to this status")
        kept = tuple(replace(mine[one], description=alts.get(one, mine[one].description)) for one in media_ids)
        with self._lock:
            self._records |= {record.id: record for record in kept}
        return kept

    def _unused(self, media_id: str) -> MediaRecord:
        record = self._records.get(media_id)
        if record is None:
            raise Wrong(400, f"Bad Request: media not found for media id {media_id}")
        if record.status_id:
            raise Wrong(400, f"Bad Request: media with id {media_id} is already attached to a status")
        if record.polls_left or record.broken:
            raise Wrong(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return record


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One part of a multipart body; ``filename`` and ``mime`` are empty for a plain field."""

    name: str
    filename: str
    mime: str
    data: bytes


def _parts(request: Request) -> list[_Part]:
    """The parts of the body, byte for byte. Raises Wrong: 415 for another type, 400 for a broken body."""
    match = _BOUNDARY.fullmatch(request.header("Content-Type"))
    if match is None:
        raise Wrong(415, "Unsupported Media Type: send multipart/form-data")
    line = b"\r\n--" + match[1].encode()
    opening, *pieces = (b"\r\n" + request.body).split(line)
    if opening or len(pieces) < 2 or pieces[-1] not in (b"--", b"--\r\n"):
        raise Wrong(400, "Bad Request: the body is cut short")
    return [_part(piece) for piece in pieces[:-1]]


def _part(piece: bytes) -> _Part:
    head, gap, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    match = _FIELD.fullmatch(headers.get("content-disposition", ""))
    if not gap or match is None:
        raise Wrong(400, "Bad Request: a part without a name")
    return _Part(name=match[1], filename=match[2] or "", mime=headers.get("content-type", ""), data=data)


def _file_part(request: Request) -> _Part:
    files = [part for part in _parts(request) if part.name == "file" and part.filename and part.mime]
    if len(files) != 1 or not files[0].data:
        raise Wrong(400, "Bad Request: one file with a name and a media type is needed")
    return files[0]


def _described(request: Request, limits: ServerLimits) -> str:
    """The alt text. Raises Wrong."""
    given = [part.data for part in _parts(request) if part.name == "description"]
    try:
        description = given[-1].decode("utf-8") if given else ""
    except UnicodeDecodeError as error:
        raise Wrong(400, "Bad Request: the description cannot be read") from error
    if len(description) > limits.description_limit:
        raise Wrong(400, f"Bad Request: the description is longer than {limits.description_limit} characters")
    return description


def _kind_of(part: _Part) -> str:
    """What the bytes are, as the API names it, when the part's media type says the same. Raises Wrong."""
    told = {
        "image/png": (part.data.startswith(b"\x89PNG\r\n\x1a\n"), "image"),
        "image/jpeg": (part.data.startswith(b"\xff\xd8\xff"), "image"),
        "image/webp": (part.data[:4] == b"RIFF" and part.data[8:12] == b"WEBP", "image"),
        "image/gif": (part.data[:6] in (b"GIF87a", b"GIF89a"), "gifv"),
        "video/mp4": (part.data[4:8] == b"ftyp", "video"),
        "video/quicktime": (part.data[4:8] in (b"ftyp", b"moov"), "video"),
    }
    fits, kind = told.get(part.mime, (False, ""))
    if not fits:
        raise Wrong(422, "Validation failed: File content type is invalid, File is invalid")
    return kind


def _check_size(record: MediaRecord, limits: ServerLimits) -> None:
    most = limits.video_size_limit if record.kind == "video" else limits.image_size_limit
    if len(record.data) > most:
        raise Wrong(413, f"Request Entity Too Large: {len(record.data)} bytes, the limit is {most}")
