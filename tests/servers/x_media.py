"""The pictures and films of the X server: uploaded, processed, described, and attached to one post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from tests.servers.x_media_input import Beginning, OneShot, Segment
from tests.servers.x_problems import bad_media, invalid
from tests.servers.x_values import Picture

_MEGABYTE = 1024 * 1024
_KINDS = {"tweet_image": ("3", "photo"), "tweet_gif": ("16", "animated_gif"), "tweet_video": ("13", "video")}
_MOST_PICTURES = 4


@dataclass(frozen=True, kw_only=True)
class MediaRules:
    """Sizes in bytes, and how processing of films and animated pictures goes: after so many looks it has an ``outcome``."""

    image_bytes: int = 5 * _MEGABYTE
    gif_bytes: int = 15 * _MEGABYTE
    video_bytes: int = 512 * _MEGABYTE
    segment_bytes: int = 5 * _MEGABYTE
    alt_characters: int = 1000
    expires_after: timedelta = timedelta(hours=24)
    looks: int = 2
    check_after_secs: int = 1
    outcome: Literal["succeeded", "failed"] = "succeeded"

    def most_bytes(self, category: str) -> int:
        return {"tweet_image": self.image_bytes, "tweet_gif": self.gif_bytes}.get(category, self.video_bytes)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One picture or film: ``data`` are the bytes as they arrived, ``looks`` how often somebody asked for its state."""

    id: str
    category: str
    media_type: str
    expires_at: datetime
    state: Literal["receiving", "processing", "ready", "failed"] = "receiving"
    total_bytes: int = 0
    segments: dict[int, bytes] = field(default_factory=dict)
    data: bytes = b""
    alt_text: str = ""
    looks: int = 0
    attached_to: str = ""

    @property
    def media_key(self) -> str:
        return f"{_KINDS[self.category][0]}_{self.id}"

    @property
    def picture(self) -> Picture:
        return Picture(media_key=self.media_key, kind=_KINDS[self.category][1], alt_text=self.alt_text)


class Uploads:
    """All media of our account. Not thread-safe: the server holds the lock."""

    def __init__(self, rules: MediaRules, new_id: Callable[[datetime], str]) -> None:
        self.rules = rules
        self._new_id = new_id
        self._all: dict[str, Upload] = {}

    @property
    def all(self) -> list[Upload]:
        return list(self._all.values())

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        return tuple(self._all[one].picture for one in ids)

    def one_shot(self, given: OneShot, now: datetime) -> dict[str, object]:
        """Raises Problem 400 when the picture is empty or too large."""
        self._check_size(given.category, len(given.data))
        upload = self._begun(given.category, given.media_type, len(given.data), now)
        return self._told(self._keep(replace(upload, data=given.data, state="ready")), now)

    def begin(self, given: Beginning, now: datetime) -> dict[str, object]:
        """Raises Problem 400 for more bytes than the category may have."""
        self._check_size(given.category, given.total_bytes)
        upload = self._keep(self._begun(given.category, given.media_type, given.total_bytes, now))
        return {name: value for name, value in self._told(upload, now).items() if name != "size"}

    def append(self, media_id: str, segment: Segment, now: datetime) -> dict[str, object]:
        """A segment may come again, and replaces itself then. Raises Problem 400."""
        upload = self._found(media_id, now)
        if upload.state != "receiving":
            raise bad_media("the upload is finalized")
        if not 0 < len(segment.data) <= self.rules.segment_bytes:
            raise bad_media(f"a segment has 1 to {self.rules.segment_bytes} bytes, not {len(segment.data)}")
        self._keep(replace(upload, segments={**upload.segments, segment.index: segment.data}))
        return {"expires_at": int(upload.expires_at.timestamp())}

    def finalize(self, media_id: str, now: datetime) -> dict[str, object]:
        """Raises Problem 400 when segments are missing or the sum is not what was announced."""
        upload = self._found(media_id, now)
        if upload.state != "receiving":
            raise bad_media("the upload is finalized")
        if sorted(upload.segments) != list(range(len(upload.segments))):
            raise bad_media(f"segments are missing: there are {sorted(upload.segments)}")
        data = b"".join(upload.segments[index] for index in sorted(upload.segments))
        if len(data) != upload.total_bytes:
            raise bad_media(f"{upload.total_bytes} bytes were announced, {len(data)} came")
        state: Literal["processing", "ready"] = "processing" if self._is_processed(upload) else "ready"
        upload = self._keep(replace(upload, data=data, segments={}, state=state))
        pending = {"processing_info": {"state": "pending", "check_after_secs": self.rules.check_after_secs}}
        return self._told(upload, now) | (pending if state == "processing" else {})

    def status(self, media_id: str, now: datetime) -> dict[str, object]:
        """Raises Problem 400 for an upload that is not there or not finalized."""
        upload = self._found(media_id, now)
        if upload.state == "receiving":
            raise bad_media("the upload is not finalized")
        upload = self._keep(self._looked_at(upload))
        return self._told(upload, now) | {"processing_info": self._progress(upload)}

    def describe(self, media_id: str, text: str, now: datetime) -> dict[str, object]:
        """Raises Problem 400 for an upload that is not there, or is shown by a post already."""
        upload = self._found(media_id, now)
        if upload.attached_to:
            raise bad_media("the media is attached to a post")
        self._keep(replace(upload, alt_text=text))
        return {"id": media_id, "associated_metadata": {"alt_text": {"text": text}}}

    def check(self, ids: Sequence[str], now: datetime) -> None:
        """Whether a post may have these. Raises Problem 400."""
        wrong = [one for one in ids if not self._is_free(one, now)]
        if wrong or len(set(ids)) != len(ids):
            raise invalid("media.media_ids", wrong or ids, "Your media IDs are invalid.")
        moving = [one for one in ids if self._all[one].category != "tweet_image"]
        if (moving and len(ids) > 1) or len(ids) > _MOST_PICTURES:
            raise invalid("media.media_ids", ids, "A post has 1 to 4 pictures, or one film or animated picture.")

    def attach(self, ids: Sequence[str], post_id: str) -> None:
        for one in ids:
            self._keep(replace(self._all[one], attached_to=post_id))

    def _is_free(self, media_id: str, now: datetime) -> bool:
        upload = self._all.get(media_id)
        return upload is not None and upload.state == "ready" and not upload.attached_to and now < upload.expires_at

    def _is_processed(self, upload: Upload) -> bool:
        return upload.category != "tweet_image" and self.rules.looks > 0

    def _check_size(self, category: str, size: int) -> None:
        most = self.rules.most_bytes(category)
        if not 0 < size <= most:
            raise bad_media(f"a {category} has 1 to {most} bytes, not {size}")

    def _begun(self, category: str, media_type: str, total: int, now: datetime) -> Upload:
        return Upload(
            id=self._new_id(now),
            category=category,
            media_type=media_type,
            total_bytes=total,
            expires_at=now + self.rules.expires_after,
        )

    def _keep(self, upload: Upload) -> Upload:
        self._all[upload.id] = upload
        return upload

    def _found(self, media_id: str, now: datetime) -> Upload:
        upload = self._all.get(media_id)
        if upload is None or now >= upload.expires_at:
            raise bad_media("Not found")
        return upload

    def _looked_at(self, upload: Upload) -> Upload:
        if upload.state != "processing":
            return upload
        looks = upload.looks + 1
        if looks < self.rules.looks:
            return replace(upload, looks=looks)
        return replace(upload, looks=looks, state="ready" if self.rules.outcome == "succeeded" else "failed")

    def _progress(self, upload: Upload) -> dict[str, object]:
        if upload.state == "failed":
            error = {"code": 1, "name": "InvalidMedia", "message": "Unsupported video format"}
            return {"state": "failed", "progress_percent": 0, "error": error}
        if upload.state == "ready":
            return {"state": "succeeded", "progress_percent": 100}
        percent = 100 * upload.looks // self.rules.looks
        return {"state": "in_progress", "check_after_secs": self.rules.check_after_secs, "progress_percent": percent}

    def _told(self, upload: Upload, now: datetime) -> dict[str, object]:
        left = int((upload.expires_at - now).total_seconds())
        size = len(upload.data)
        return {"id": upload.id, "media_key": upload.media_key, "expires_after_secs": left, "size": size}
