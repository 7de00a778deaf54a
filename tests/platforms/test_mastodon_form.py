"""What we ask a server to create, beside what Mastodon.py asks for."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl

import pytest
from mastodon import Mastodon as Library
from mastodon import MastodonAPIError

from contentkit.errors import Refused, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request

MESSAGES = (
    Message(text="Plain.", key="k1"),
    Message(text=" Two\n\nparagraphs & <b> é 😀 +%2B ", key="k 2", parent="01HZ", language="pt-BR"),
    Message(text="Hidden.", key="k3", warning="Käse", visibility="unlisted"),
    Message(text="", key="k4", media=("11", "12"), visibility="private"),
)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_server_is_asked_for_what_mastodon_py_asks_for(message: Message) -> None:
    asked: list[Request] = []

    def refused(request: Request) -> Answer:
        if request.method == "POST":
            asked.append(request)
        return Answer(status=422, body=b'{"error": "no"}')

    with LoopbackServer(refused) as server:
        ours = MastodonConnection(Account(name="a", platform="mastodon"), "token", WatchedSession(server.url))
        with pytest.raises((Refused, Uncertain)):
            ours.publish(message)
        with suppress(MastodonAPIError):
            Library(access_token="token", api_base_url=server.url, version_check_mode="none").status_post(
                message.text,
                in_reply_to_id=message.parent or None,
                visibility=message.visibility,
                spoiler_text=message.warning or None,
                sensitive=bool(message.warning),
                language=message.language or None,
                media_ids=list(message.media) or None,
                idempotency_key=message.key,
            )
    mine, theirs = asked
    assert sorted(_form(mine)) == sorted(_form(theirs))
    assert (mine.method, mine.target) == (theirs.method, theirs.target)
    for name in ("Idempotency-Key", "Authorization", "Content-Type"):
        assert mine.header(name) == theirs.header(name) != ""


def _form(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.body.decode(), keep_blank_values=True)
