"""Mastodon and the servers that speak its API.

Statuses are created through Mastodon.py on our own session; what became of them is read from the session, because the
library's exceptions do not tell whether a status was created. Reading goes through the session alone: the library
rejects shapes that compatible servers send, and takes two milliseconds to parse a status.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contentkit.errors import ContentError, Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Identity, Message, Status
from contentkit.text import mastodon_length

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange, WatchedSession

_PAGE = 40
_PAGES = 5


class Mastodon:
    """The platform ``mastodon``."""

    name = "mastodon"
    secrets = ("token",)
    limits = Limits()
    server_example = "https://mastodon.social"

    def length(self, text: str, warning: str, limits: Limits) -> int:
        return mastodon_length(text, warning, url_length=limits.url_length)

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> MastodonConnection:  # noqa: ARG002 - a console's need
        if not account.server:
            raise ContentError(
                f"contentkit.toml: account '{account.name}' does not say its server",
                hint='add server = "https://mastodon.social"',
            )
        from contentkit.platforms.session import WatchedSession

        token = secrets["token"]
        return MastodonConnection(account, token, WatchedSession(account.server, secrets=[token]))


class MastodonConnection:
    """One account on one server."""

    def __init__(self, account: Account, token: str, session: WatchedSession) -> None:
        self._account = account
        self._token = token
        from contentkit.platforms.session import Bearer

        self._session = session
        self._session.auth = Bearer(token)
        self._me = ""

    def identity(self) -> Identity:
        exchange = self._read("/api/v1/accounts/verify_credentials")
        answer = exchange.json()
        if exchange.status != 200 or not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
            raise self._unreadable(exchange, "does not say who we are")
        self._me = answer["id"]
        handle = answer.get("acct") or answer.get("username") or ""
        return Identity(remote_id=self._me, handle=str(handle), server_time=exchange.server_time)

    def limits(self) -> Limits:
        """The instance's limits; what the account's configuration says where the instance is silent."""
        known = self._account.limits
        for path in ("/api/v2/instance", "/api/v1/instance"):
            exchange = self._read(path)
            answer = exchange.json()
            if exchange.status == 200 and isinstance(answer, dict):
                return _limits_in(answer, known)
        return known

    def publish(self, message: Message) -> Status:
        from mastodon import Mastodon as Library

        from contentkit.platforms.session import answer_of

        self._session.last = None
        library = Library(
            access_token=self._token,
            api_base_url=self._session.server,
            session=self._session,
            ratelimit_method="throw",
            request_timeout=self._session.timeouts[1],
            version_check_mode="none",
            user_agent="contentkit",
        )
        # Whatever the library raises after the request is its opinion of the answer; the session has the answer itself.
        with suppress(Exception):
            library.status_post(
                message.text,
                in_reply_to_id=message.parent or None,
                visibility=message.visibility,
                spoiler_text=message.warning or None,
                sensitive=bool(message.warning),
                language=message.language or None,
                media_ids=list(message.media) or None,
                idempotency_key=message.key,
            )
        answer = answer_of(self._session.last, self._session.host)
        if (answer.get("in_reply_to_id", message.parent) or "") != message.parent:
            raise Uncertain(f"{self._session.host}: created a status, but not as the reply that was asked for")
        return Status(remote_id=answer["id"], url=_url_of(answer), text=message.text, parent=message.parent)

    def upload(self, attachment: Attachment) -> str:
        raise Refused(f"{attachment.path}: not yet")

    def find(self, remote_id: str) -> Status | None:
        exchange = self._read(f"/api/v1/statuses/{_path_part(remote_id)}")
        answer = exchange.json()
        if exchange.status in (404, 410) and exchange.error:
            return None
        if exchange.status != 200 or not isinstance(answer, dict) or answer.get("id") != remote_id:
            raise self._unreadable(exchange, "does not show a status")
        return self._status(answer)

    def recent(self, after: str) -> list[Status]:
        """Newest first, back to ``after`` by the order of the list, never by comparing ids; at most five pages of 40."""
        found: list[Status] = []
        oldest = ""
        for _ in range(_PAGES if after else 1):
            page = self._page(oldest)
            for answer in page:
                if answer["id"] == after:
                    return found
                found.append(self._status(answer))
            if len(page) < _PAGE:
                break
            oldest = page[-1]["id"]
        return found

    def words(self, remote_id: str) -> str | None:
        """The words as they were sent, where the server keeps them (Mastodon 3.5, GoToSocial), else None."""
        exchange = self._read(f"/api/v1/statuses/{_path_part(remote_id)}/source")
        answer = exchange.json()
        if exchange.status != 200 or not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
            return None
        return str(answer["text"])

    def close(self) -> None:
        self._session.close()

    def _page(self, before: str) -> list[dict[str, Any]]:
        me = self._me or self.identity().remote_id
        parameters = {"limit": str(_PAGE), "exclude_reblogs": "true", **({"max_id": before} if before else {})}
        exchange = self._read(f"/api/v1/accounts/{_path_part(me)}/statuses", **parameters)
        answer = exchange.json()
        if exchange.status != 200 or not isinstance(answer, list):
            raise self._unreadable(exchange, "does not list our statuses")
        return [
            one for one in answer if isinstance(one, dict) and isinstance(one.get("id"), str) and not one.get("reblog")
        ]

    def _status(self, answer: Mapping[str, Any]) -> Status:
        return Status(
            remote_id=str(answer["id"]),
            url=_url_of(answer),
            text=self._plain(answer),
            parent=str(answer.get("in_reply_to_id") or ""),
            author=_author_of(answer),
        )

    def _plain(self, answer: Mapping[str, Any]) -> str:
        text = answer.get("text")
        return text if isinstance(text, str) and text else plain_text(str(answer.get("content") or ""))

    def _read(self, path: str, **parameters: str) -> Exchange:
        from contentkit.platforms.session import failure_of

        exchange = self._session.read(path, **parameters)
        if exchange.status in (401, 429):
            failure = failure_of(exchange, self._session.host)
            assert isinstance(failure, Unavailable)
            raise failure
        return exchange

    def _unreadable(self, exchange: Exchange, what: str) -> Unavailable:
        words = f"{self._session.host}: {what}: {exchange.error or 'an odd answer'} (HTTP {exchange.status})"
        return Unavailable(words, hint="contentkit looks again on its next run")


def _limits_in(answer: Mapping[str, Any], known: Limits) -> Limits:
    configuration = answer.get("configuration")
    sections: Mapping[str, Any] = configuration if isinstance(configuration, dict) else {}

    def told(section: str, key: str, default: int) -> int:
        values = sections.get(section)
        value = values.get(key) if isinstance(values, dict) else None
        return value if isinstance(value, int) and value > 0 else default

    top = answer.get("max_toot_chars")
    return Limits(
        characters=told("statuses", "max_characters", top if isinstance(top, int) and top > 0 else known.characters),
        url_length=told("statuses", "characters_reserved_per_url", known.url_length),
        media=told("statuses", "max_media_attachments", known.media),
        alt_characters=told("media_attachments", "description_limit", known.alt_characters),
    )


def _author_of(answer: Mapping[str, Any]) -> str:
    account = answer.get("account")
    return str(account.get("id") or "") if isinstance(account, dict) else ""


def _url_of(answer: Mapping[str, Any]) -> str:
    url = answer.get("url") or answer.get("uri") or ""
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""


def _path_part(identifier: str) -> str:
    """An opaque id as one part of a path: a hostile one must not lead elsewhere."""
    from urllib.parse import quote

    return quote(identifier, safe="")


def plain_text(html: str) -> str:
    """The words of a status' HTML: paragraphs and line breaks kept, links in full, quoted-post notices left out."""
    reader = _Words()
    with suppress(AssertionError):  # html.parser asserts on some broken declarations
        reader.feed(html)
        reader.close()
    return "".join(reader.pieces).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._left_out = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "p":
            if self.pieces:
                self.pieces.append("\n\n")
            # Mastodon 4.5 puts "RE: <link>" before a quoting post for servers that know no quotes.
            if "quote-inline" in (dict(attrs).get("class") or ""):
                self._left_out = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._left_out:
            self._left_out = ""

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.pieces.append(data)
