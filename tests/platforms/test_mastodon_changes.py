"""Changing and deleting what is on a Mastodon server: what arrives there, and what is told of its fate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Attachment, Message, Status
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from contentkit.testing.network import PICTURE
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon
from tests.servers.records import StatusRecord


def _connection(server: CompatibleServer | MockMastodon, url: str = "") -> MastodonConnection:
    account = Account(name="mine", platform="mastodon", server=url or server.url)
    return MastodonConnection(
        account, server.token, WatchedSession(url or server.url, connect=2, read=1 if url else 20)
    )


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def _words(text: str = "after", warning: str = "") -> Message:
    return Message(text=text, key="k", language="en", warning=warning)


def test_a_changed_status_keeps_its_place_its_pictures_and_its_history(server: CompatibleServer) -> None:
    mine = _connection(server)
    parent = mine.publish(_words("parent")).remote_id
    pictures = tuple(mine.upload(one) for one in (PICTURE, _other_picture()))
    sent = mine.publish(Message(text="before", key="k2", parent=parent, visibility="unlisted", media=pictures))
    told = mine.edit(sent.remote_id, _words(warning="food"), ["One pixel", "The other"])
    [_, record] = server.statuses
    assert (told.remote_id, told.text, told.warning) == (sent.remote_id, "after", "food")
    assert (record.text, record.in_reply_to_id, record.visibility) == ("after", parent, "unlisted")
    assert ([one.id for one in record.pictures], record.edits) == (list(pictures), ("before",))
    assert [one.description for one in record.pictures] == ["One pixel", "The other"]


def test_alt_texts_that_stay_are_not_sent_again(server: CompatibleServer) -> None:
    mine = _connection(server)
    picture = mine.upload(PICTURE)
    sent = mine.publish(Message(text="before", key="k", media=(picture,)))
    mine.edit(sent.remote_id, _words(), [PICTURE.alt])
    body = json.loads(server.history[-1].body)
    assert (body["media_ids"], "media_attributes" in body) == ([picture], False)


def test_a_warning_that_is_taken_off_is_off(server: CompatibleServer) -> None:
    mine = _connection(server)
    sent = mine.publish(_words("before", warning="food"))
    mine.edit(sent.remote_id, _words(), [])
    seen = mine.find(sent.remote_id)
    assert seen is not None
    assert (seen.text, seen.warning, seen.language) == ("after", "", "en")


@pytest.mark.parametrize("alts", [[], ["one", "two"]])
def test_other_pictures_than_there_are_cannot_be_described(server: CompatibleServer, alts: Sequence[str]) -> None:
    mine = _connection(server)
    sent = mine.publish(Message(text="before", key="k", media=(mine.upload(PICTURE),)))
    with pytest.raises(Refused, match="has 1 pictures there"):
        mine.edit(sent.remote_id, _words(), alts)
    assert server.statuses[0].text == "before"


def test_what_is_not_there_is_not_changed_and_is_gone(server: CompatibleServer) -> None:
    mine = _connection(server)
    sent = mine.publish(_words("before"))
    mine.delete(sent.remote_id)
    assert server.statuses[0].deleted
    mine.delete(sent.remote_id)
    assert mine.find(sent.remote_id) is None
    with pytest.raises(Refused, match="no such status"):
        mine.edit(sent.remote_id, _words(), [])


def test_another_teams_server_is_changed_alike() -> None:
    with MockMastodon() as server:
        mine = _connection(server)
        first = mine.publish(_words("before"))
        second = mine.publish(Message(text="reply", key="k2", parent=first.remote_id))
        mine.edit(first.remote_id, _words(warning="food"), [])
        assert [(one.text, one.spoiler_text) for one in server.statuses()] == [("after", "food"), ("reply", "")]
        mine.delete(second.remote_id)
        mine.delete(second.remote_id)
        assert server.threads() == [["after"]]


_LOST = (
    "close",
    "reset",
    "truncate",
    "drop",
    "drop_reset",
    "server_error",
    "server_error_after",
    "bad_gateway",
    "delay",
)
_FATES: dict[str, type[PlatformError]] = dict.fromkeys(_LOST, Uncertain) | {
    "too_many": Unavailable,
    "unauthorized": Unavailable,
    "payment": Unavailable,
    "forbidden": Refused,
    "redirect_307": Uncertain,
}


def _edit(mine: MastodonConnection, remote_id: str) -> Status | None:
    return mine.edit(remote_id, _words(), [])


def _delete(mine: MastodonConnection, remote_id: str) -> Status | None:
    mine.delete(remote_id)
    return None


@pytest.mark.parametrize("change", [_edit, _delete])
@pytest.mark.parametrize("fault", _FATES)
def test_the_fate_of_a_change_is_told_as_that_of_a_status(
    server: CompatibleServer, fault: str, change: Callable[[MastodonConnection, str], Status | None]
) -> None:
    sent = _connection(server).publish(_words("before")).remote_id
    with FaultyProxy(server.url, [fault], matches=_is_a_change) as proxy:
        with pytest.raises(_FATES[fault]) as caught:
            change(_connection(server, proxy.url), sent)
        asked = sum(_is_a_change(one.request) for one in proxy.history)
    assert (asked, type(caught.value)) == (1, _FATES[fault]), "a request is never sent again"
    assert _FATES[fault] is Uncertain or not _was_changed(server.statuses[0])


@pytest.mark.parametrize("change", [_edit, _delete])
def test_what_no_connection_carried_certainly_changed_nothing(
    server: CompatibleServer, change: Callable[[MastodonConnection, str], Status | None]
) -> None:
    with LoopbackServer(lambda _: Answer(status=200)) as gone:
        mine = _connection(server, gone.url)
    with pytest.raises(Unavailable):
        change(mine, "1")


@pytest.mark.parametrize(
    ("status", "body", "fate"),
    [
        (200, b"{}", Uncertain),
        (200, b'{"id": "2"}', Uncertain),
        (200, b"<html>", Uncertain),
        (404, b"<html>Not Found", Uncertain),
        (405, b"", Uncertain),
        (405, b'{"error": "Method Not Allowed"}', Uncertain),
        (422, b'{"error": "Validation failed"}', Refused),
    ],
)
def test_an_answer_to_an_edit_is_believed_only_in_the_networks_own_words(
    status: int, body: bytes, fate: type[PlatformError]
) -> None:
    def respond(request: Request) -> Answer:
        shown = json.dumps({"id": "1", "media_attachments": []}).encode()
        return Answer(status=status, body=body) if request.method == "PUT" else Answer(status=200, body=shown)

    with LoopbackServer(respond) as odd, pytest.raises(fate):
        MastodonConnection(Account(name="a", platform="mastodon", server=odd.url), "t", WatchedSession(odd.url)).edit(
            "1", _words(), []
        )


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"<html>"), (405, b""), (500, b'{"error": "x"}'), (200, b"<html>"), (204, b"")]
)
def test_a_deletion_that_was_not_confirmed_is_in_doubt(status: int, body: bytes) -> None:
    with LoopbackServer(lambda _: Answer(status=status, body=body)) as odd, pytest.raises(Uncertain):
        MastodonConnection(Account(name="a", platform="mastodon", server=odd.url), "t", WatchedSession(odd.url)).delete(
            "1"
        )


def _is_a_change(request: Request) -> bool:
    return request.method in ("PUT", "DELETE")


def _was_changed(record: StatusRecord) -> bool:
    return record.deleted or bool(record.edits)


def _other_picture() -> Attachment:
    return Attachment(
        path="b.png", data=PICTURE.data, digest=PICTURE.digest, mime=PICTURE.mime, kind=PICTURE.kind, alt="Two"
    )
