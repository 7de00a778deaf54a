"""Pictures on Mastodon: uploaded, waited for while the server processes them, and asked what became of them.

An upload that no status uses is seen by nobody and is thrown away by the server after a while. So whatever is not a clear
no may be tried again, and nothing here is Uncertain but what the pictures tell about a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain, repeat
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.platforms import Attachment
from contentkit.platforms.mastodon_answers import path_part
from contentkit.platforms.processing import LONGEST_PROCESSING, until_ready

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange, WatchedSession

# Seconds between looks: a picture is ready at once, a film takes minutes, and 300 requests are allowed in five of them.
_FIRST_LOOKS = (0.5, 1.0, 2.0)
_LATER_LOOKS = 5.0
# How long a status waits for a picture that turned out not to be ready.
_NOT_READY = timedelta(seconds=5)
_UPLOAD_PATH = "/api/v2/media"
_OLD_UPLOAD_PATH = "/api/v1/media"
# These say no in whatever words: proxies in front of a server refuse what is too large with a page of their own.
_TOO_LARGE_OR_ODD = (413, 415)
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}


class Uploads:
    """Uploads of one account over one session."""

    def __init__(self, session: WatchedSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._path = _UPLOAD_PATH

    def upload(self, attachment: Attachment) -> str:
        """The id of the picture, ready to be published. Raises Refused or Unavailable."""
        exchange = self._hand_over(attachment)
        answer = exchange.json()
        if exchange.status not in (200, 202):
            raise self._fate(exchange, attachment.path)
        media_id = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(media_id, str) or not media_id:
            raise Unavailable(f"{self._session.host}: took {attachment.path}, but did not say under which name")
        if exchange.status == 202:
            exchange = self._processed(media_id, attachment.path)
        if _kind_in(exchange) == "unknown":
            raise Refused(f"{self._session.host}: does not know what kind of picture {attachment.path} is")
        return media_id

    def why_refused(self, refusal: Refused, media_ids: Sequence[str]) -> Refused | Unavailable | Uncertain:
        """What a refused status with these pictures means: words differ by server and language, the pictures tell.

        One that is used: by a first copy of this very request, perhaps, so nobody knows. One that is still being
        processed: later. All of them there and unused: refused for another reason.
        """
        try:
            shown = {self._look(media_id).status for media_id in media_ids}
        except Unavailable:
            return Uncertain(refusal.message)
        # A server that goes on showing what is used says so in its answer, in English.
        if shown - {200, 202, 206} or "already attached" in refusal.message.lower():
            return Uncertain(f"{refusal.message}; its pictures may be in use, by a copy of it")
        return Unavailable(refusal.message, wait=_NOT_READY) if shown - {200} else refusal

    def _hand_over(self, attachment: Attachment) -> Exchange:
        """The answer of the newest endpoint that the server has; which one that is is remembered."""
        exchange = self._post(attachment)
        if exchange.status in (404, 405) and self._path == _UPLOAD_PATH:
            self._path = _OLD_UPLOAD_PATH
            exchange = self._post(attachment)
        return exchange

    def _post(self, attachment: Attachment) -> Exchange:
        # The file's name at home is nobody's business.
        name = attachment.digest[:16] + _ENDINGS.get(attachment.mime, "")
        return self._session.hand_over(
            self._path,
            size=len(attachment.data),
            files={"file": (name, attachment.data, attachment.mime)},
            data={"description": attachment.alt} if attachment.alt else {},
        )

    def _processed(self, media_id: str, path: str) -> Exchange:
        """The answer that says that the picture is ready."""

        def look() -> Exchange | None:
            exchange = self._look(media_id)
            if 400 <= exchange.status < 500:
                raise self._fate(exchange, path)
            return exchange if exchange.status == 200 else None

        if ready := until_ready(look, chain(_FIRST_LOOKS, repeat(_LATER_LOOKS)), self._clock):
            return ready
        raise Unavailable(
            f"{self._session.host}: still processes {path} after {LONGEST_PROCESSING.seconds // 60} minutes",
            wait=LONGEST_PROCESSING,
        )

    def _look(self, media_id: str) -> Exchange:
        """Raises Unavailable when no answer came, and for 401 and 429."""
        exchange = self._session.read(f"/api/v1/media/{path_part(media_id)}")
        if exchange.status in (401, 429):
            raise self._fate(exchange, media_id)
        return exchange

    def _fate(self, exchange: Exchange, path: str) -> Refused | Unavailable:
        """What an answer that is no success means for this picture."""
        from contentkit.platforms.session import failure_of

        failure = failure_of(exchange, self._session.host)
        if exchange.status in _TOO_LARGE_OR_ODD:
            why = exchange.error or ("too large" if exchange.status == 413 else "a kind that it does not take")
            return Refused(f"{self._session.host}: {path}: {why} (HTTP {exchange.status})")
        if exchange.status == 403 and isinstance(failure, Refused):
            return Refused(f"{failure.message}: {path}; the token may lack the scope write:media")
        if isinstance(failure, Refused):
            return Refused(f"{failure.message}: {path}")
        if isinstance(failure, Unavailable):
            return failure
        return Unavailable(failure.message)


def _kind_in(exchange: Exchange) -> str:
    answer = exchange.json()
    return str(answer.get("type") or "") if isinstance(answer, dict) else ""
