"""Pictures and films on their way to X: pictures in one piece, films in several; processed, then described.

Nobody sees an upload before a post uses it, so each step may fail and the whole be done again.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contentkit.clock import Clock
from contentkit.errors import Refused, Unavailable
from contentkit.money.prices import Charge
from contentkit.platforms.processing import LONGEST_PROCESSING, until_ready
from contentkit.platforms.x_bill import PRICES, noted
from contentkit.platforms.x_fates import LONGEST_REASON

if TYPE_CHECKING:
    from contentkit.platforms import Attachment
    from contentkit.platforms.billing import Tab
    from contentkit.platforms.session import Exchange, WatchedSession

_PIECE = 1024 * 1024
# What X takes in one piece.
_AT_ONCE = ("image/jpeg", "image/png", "image/webp")
_CATEGORIES = {"image": "tweet_image", "gif": "tweet_gif", "video": "tweet_video"}
# Seconds between looks at a film that X processes, at least and at most, whatever X says.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


def upload(attachment: Attachment, session: WatchedSession, clock: Clock, tab: Tab) -> str:
    """The id under which a post may use the picture, processed, with its alt text, which costs. Raises Refused or Unavailable."""
    transfer = _Transfer(attachment, session)
    media_id, told = transfer.at_once() if attachment.mime in _AT_ONCE else transfer.in_pieces()
    transfer.process(media_id, told, clock)
    if attachment.alt:
        with noted(tab, [Charge(operation="media_metadata", price=PRICES.media_metadata)]):
            transfer.describe(media_id)
    return media_id


class _Transfer:
    def __init__(self, attachment: Attachment, session: WatchedSession) -> None:
        self._attachment = attachment
        self._session = session

    def at_once(self) -> tuple[str, Mapping[str, Any]]:
        """The id, and what X says of the processing."""
        data = self._attachment.data
        body = {"media": b64encode(data).decode(), "media_category": "tweet_image", "media_type": self._attachment.mime}
        told = self._data(self._session.hand_over("/2/media/upload", len(data) * 4 // 3, json=body))
        return self._id_in(told), told

    def in_pieces(self) -> tuple[str, Mapping[str, Any]]:
        data = self._attachment.data
        body = {
            "media_type": self._attachment.mime,
            "media_category": _CATEGORIES[self._attachment.kind],
            "total_bytes": len(data),
        }
        media_id = self._id_in(self._data(self._session.hand_over("/2/media/upload/initialize", json=body)))
        for number, start in enumerate(range(0, len(data), _PIECE)):
            self.append(media_id, number, data[start : start + _PIECE])
        return media_id, self._data(self._session.hand_over(f"/2/media/upload/{media_id}/finalize"))

    def append(self, media_id: str, number: int, piece: bytes) -> None:
        path = f"/2/media/upload/{media_id}/append"
        # The name says nothing: X needs one to see a file in the form.
        files = {"media": ("piece", piece, "application/octet-stream")}
        exchange = self._session.hand_over(path, len(piece), data={"segment_index": str(number)}, files=files)
        if exchange.status == 400:
            # X documents both forms; its simulator takes this one only.
            json = {"segment_index": number, "media": b64encode(piece).decode()}
            exchange = self._session.hand_over(path, len(piece), json=json)
        if exchange.status != 204:
            self._data(exchange)

    def process(self, media_id: str, told: Mapping[str, Any], clock: Clock) -> None:
        """Waits until X has processed it, and looks when X says so."""
        if not self._pause(told):
            return

        def look() -> Mapping[str, Any] | None:
            nonlocal told
            told = self._data(self._session.read("/2/media/upload", command="STATUS", media_id=media_id))
            return None if self._pause(told) else told

        if until_ready(look, iter(lambda: self._pause(told), 0.0), clock) is None:
            raise Unavailable(f"{self._where}: X is still processing it", wait=LONGEST_PROCESSING)

    def describe(self, media_id: str) -> None:
        body = {"id": media_id, "metadata": {"alt_text": {"text": self._attachment.alt}}}
        exchange = self._session.hand_over("/2/media/metadata", json=body)
        if exchange.status == 400 and b"media_id" in exchange.body:
            # X's simulator has names of its own.
            body |= {"media_id": media_id, "alt_text": self._attachment.alt}
            exchange = self._session.hand_over("/2/media/metadata", json=body)
        self._data(exchange)

    def _pause(self, told: Mapping[str, Any]) -> float:
        """Seconds until X is to be asked again; 0 when it is done. Raises Refused when X cannot use the file."""
        info = told.get("processing_info")
        if not isinstance(info, dict) or info.get("state") == "succeeded":
            return 0.0
        if info.get("state") == "failed":
            error = info.get("error")
            told_why = str(error.get("message") or "") if isinstance(error, dict) else ""
            reason = told_why.strip()[:LONGEST_REASON]
            raise Refused(f"{self._where}: X cannot process it: {reason or 'no reason given'}")
        seconds = info.get("check_after_secs")
        if not isinstance(seconds, int | float) or not seconds > _SHORTEST_PAUSE:
            return _SHORTEST_PAUSE
        return float(min(seconds, _LONGEST_PAUSE))  # JSON may hold more digits than a float

    def _id_in(self, told: Mapping[str, Any]) -> str:
        media_id = told.get("id")
        if not (isinstance(media_id, str) and media_id.isascii() and media_id.isdecimal()):
            raise self._odd("gives no id for it")
        return media_id

    def _data(self, exchange: Exchange) -> Mapping[str, Any]:
        """What X says of it. A page that stands in X's place says nothing, whatever its status."""
        self._accept(exchange)
        answer = exchange.json()
        data = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(data, dict):
            raise self._odd("answers in a way that cannot be understood")
        return data

    def _accept(self, exchange: Exchange) -> None:
        """Raises Refused or Unavailable unless X took it; a doubt is none here."""
        from contentkit.platforms.x_fates import fate_of

        if 200 <= exchange.status < 300:
            return
        failure = fate_of(exchange, self._session.host)
        message = f"{self._attachment.path}: {failure.message}"
        if isinstance(failure, Refused):
            raise Refused(message, hint=failure.hint)
        if isinstance(failure, Unavailable):
            raise Unavailable(message, hint=failure.hint, wait=failure.wait, pauses_account=failure.pauses_account)
        raise Unavailable(message)

    def _odd(self, what: str) -> Unavailable:
        return Unavailable(f"{self._where}: X {what}")

    @property
    def _where(self) -> str:
        return f"{self._attachment.path}: {self._session.host}"
