"""What every platform promises, as tests to inherit: of a network that works, and of one that does not.

The author gives the platform, and a fixture ``network`` that makes a fresh network for each test.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Connection, Figures, Measures, Message, Platform, Status
from contentkit.testing.faults import MOVED_TO
from contentkit.testing.faulty_proxy import FaultyProxy
from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Request
from contentkit.testing.network import TEXTS, Network
from contentkit.text import normalised

# Any of these in memory makes each minute's run of cron, and each help text, several times slower.
HEAVY = frozenset(
    {"aiohttp", "http.client", "httpx", "mastodon", "openai", "pydantic", "requests", "ssl", "tweepy", "urllib3"}
)
# Handled by the server or not: the client cannot know.
DOUBTFUL = (
    "close", "reset", "truncate", "drop", "drop_reset", "server_error", "server_error_after", "bad_gateway",
    "gateway_timeout", "html_ok", "empty_ok",
)  # fmt: skip
BROKEN_READS = ("close", "truncate", "bad_gateway", "html_ok", "empty_ok", "too_many")
ODD_BODIES = (
    b"null",
    b"[]",
    b"{}",
    b'"words"',
    b"[null]",
    b'{"id": 5, "data": {"id": 5}}',
    b'{"error": {"of": []}, "data": []}',
)
# The smallest PNG: one pixel.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class PlatformContract:
    """Inherit from it, give ``platform`` and the fixture ``network``, and pytest does the rest.

    ``several`` is how many statuses make more than one page of a listing.
    """

    platform: Platform
    several = 45

    @pytest.fixture
    def network(self) -> Network:
        raise NotImplementedError("give a fixture 'network' that makes a contentkit.testing.Network")

    @pytest.fixture
    def connection(self, network: Network, tmp_path: Path) -> Iterator[Connection]:
        connection = self.connect(network, tmp_path)
        yield connection
        connection.close()

    def connect(self, network: Network, state: Path, server: str = "") -> Connection:
        """A fresh connection as the publisher makes it, to this server instead of the network's own."""
        account = Account(name="contract", platform=self.platform.name, server=server or network.server)
        return self.platform.connect(account.where_usual(self.platform.limits), network.secrets, state)

    # -- what is known without talking to it

    def test_its_names_can_stand_in_a_file_and_its_secrets_in_the_environment(self) -> None:
        secrets = self.platform.secrets
        assert all(isinstance(name, str) and _NAME.fullmatch(name) for name in (self.platform.name, *secrets))
        assert len(set(secrets)) == len(secrets)

    def test_its_usual_limits_are_ones_to_write_within(self) -> None:
        _check_limits(self.platform.limits)

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_a_length_is_a_number_that_more_words_do_not_lessen(self, text: str) -> None:
        limits = self.platform.limits
        alone, longer = (self.platform.length(words, "", limits) for words in (text, f"{text} and more"))
        assert isinstance(alone, int)
        assert 0 < alone <= longer

    def test_plain_letters_count_at_least_one_each(self) -> None:
        assert self.platform.length("word " * 20 + "word", "", self.platform.limits) >= 104

    def test_importing_it_loads_nothing_heavy(self) -> None:
        module = type(self.platform).__module__
        code = f"import sys; before = set(sys.modules); import {module}; print(*set(sys.modules) - before)"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(  # noqa: S603 - this very Python
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert sorted(HEAVY & set(done.stdout.split())) == [], "import it inside of connect, or where it is needed"

    # -- a network that works

    def test_it_says_who_we_are_the_same_each_time(self, connection: Connection) -> None:
        identity = connection.identity()
        _check_id(identity.remote_id)
        assert isinstance(identity.handle, str)
        assert identity.server_time is None or identity.server_time.tzinfo is not None, "times are aware"
        assert connection.identity().remote_id == identity.remote_id

    def test_its_limits_in_force_are_ones_to_write_within(self, connection: Connection) -> None:
        _check_limits(connection.limits())

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_a_message_becomes_one_status_that_is_found_by_its_words(
        self, connection: Connection, network: Network, text: str
    ) -> None:
        me = connection.identity().remote_id
        sent = connection.publish(Message(text=text, key="k1"))
        [real] = network.statuses()
        assert (sent.remote_id, normalised(real.text)) == (real.remote_id, normalised(text))
        for seen in (connection.find(sent.remote_id), *connection.recent("")):
            assert seen is not None, "find returns None for a status that is there"
            _check_status(seen, me)
            assert (seen.remote_id, seen.parent) == (sent.remote_id, "")
            words = connection.words(seen.remote_id)
            assert normalised(text) in (normalised(seen.text), normalised(words or ""))

    def test_a_thread_is_a_chain_of_replies(self, connection: Connection, network: Network) -> None:
        first, second, third = _thread(connection, 3)
        chain = [(first.remote_id, ""), (second.remote_id, first.remote_id), (third.remote_id, second.remote_id)]
        assert [(one.remote_id, one.parent) for one in network.statuses()] == chain
        assert [(one.remote_id, one.parent) for one in (first, second, third)] == chain
        found = [connection.find(one.remote_id) for one in (first, second, third)]
        assert [(one.remote_id, one.parent) for one in found if one] == chain
        assert [(one.remote_id, one.parent) for one in reversed(connection.recent(""))] == chain

    def test_recent_statuses_come_newest_first_and_end_at_the_watermark(self, connection: Connection) -> None:
        first, second, third = (one.remote_id for one in _thread(connection, 3))
        assert [one.remote_id for one in connection.recent("")] == [third, second, first]
        assert [one.remote_id for one in connection.recent(first)] == [third, second]
        assert connection.recent(third) == []

    def test_a_watermark_on_an_earlier_page_is_reached(self, connection: Connection) -> None:
        sent = [one.remote_id for one in _thread(connection, self.several)]
        assert [one.remote_id for one in connection.recent(sent[0])] == sent[:0:-1]

    def test_another_connection_sees_what_was_published(
        self, connection: Connection, network: Network, tmp_path: Path
    ) -> None:
        sent = connection.publish(Message(text="Seen by all", key="k1"))
        other = self.connect(network, tmp_path)
        assert [one.remote_id for one in other.recent("")] == [sent.remote_id]
        other.close()

    def test_an_unknown_id_is_found_nowhere(self, connection: Connection) -> None:
        sent = connection.publish(Message(text="The only one", key="k1"))
        assert connection.find(_unlike(sent.remote_id)) is None
        assert connection.words(_unlike(sent.remote_id)) is None

    @pytest.mark.parametrize("remote_id", ["../x", "a?b=c#d", "a/b", " ", "%2e%2e", "日本", "-1", "0" * 300])
    def test_an_id_from_elsewhere_leads_nowhere(self, connection: Connection, remote_id: str) -> None:
        with suppress(Unavailable):
            assert connection.find(remote_id) is None

    def test_closing_twice_is_fine(self, network: Network, tmp_path: Path) -> None:
        connection = self.connect(network, tmp_path)
        connection.identity()
        connection.close()
        connection.close()

    @pytest.mark.parametrize("odd", ["too long", "no words", "no such parent", "a parent from elsewhere", "language"])
    def test_whatever_is_wrong_with_a_message_its_fate_is_told_truly(
        self, connection: Connection, network: Network, odd: str
    ) -> None:
        known = connection.publish(Message(text="Before", key="k0")).remote_id
        message = {
            "too long": Message(text="word " * connection.limits().characters, key="k1"),
            "no words": Message(text="", key="k1"),
            "no such parent": Message(text="Reply", key="k1", parent=_unlike(known)),
            "a parent from elsewhere": Message(text="Reply", key="k1", parent="../a?b=c#d"),
            "language": Message(text="Words", key="k1", language="no-such-language"),
        }[odd]
        fate = _fate(connection, message, network)
        created = len(network.statuses()) - 1
        if not isinstance(fate, Uncertain):
            assert created == isinstance(fate, Status), f"{fate!r}, but {created} statuses were created"

    # -- pictures, where it takes them

    @pytest.fixture
    def attachment(self) -> Attachment:
        if not self.platform.limits.media:
            pytest.skip("takes no pictures")
        digest = hashlib.sha256(_PIXEL).hexdigest()
        return Attachment(
            path="images/a.png", data=_PIXEL, digest=digest, mime="image/png", kind="image", alt="One pixel & <no more>"
        )

    def test_a_status_has_the_pictures_that_were_uploaded_for_it(
        self, connection: Connection, network: Network, attachment: Attachment
    ) -> None:
        picture = connection.upload(attachment)
        _check_id(picture)
        assert network.statuses() == [], "nobody sees a picture before its status"
        sent = connection.publish(Message(text="With a picture", key="k1", media=(picture,)))
        plain = connection.publish(Message(text="Without one", key="k2"))
        assert [one.pictures for one in network.statuses()] == [1, 0]
        for status, number in ((sent, 1), (plain, 0)):
            seen = connection.find(status.remote_id)
            assert seen is not None
            assert seen.pictures in (None, number)

    def test_an_upload_whose_answer_is_lost_can_be_done_again(
        self, network: Network, tmp_path: Path, attachment: Attachment
    ) -> None:
        creates = _creation(network)
        with FaultyProxy(network.server, ["close"], matches=lambda one: _writes(one) and not creates(one)) as proxy:
            connection = self.connect(network, tmp_path, network.reached_by(proxy.url))
            with pytest.raises(Unavailable) as caught:
                connection.upload(attachment)
            _check_silent(caught.value, network)
            _check_id(connection.upload(attachment))
            connection.close()

    # -- figures, where it counts

    def test_figures_are_of_the_statuses_that_were_asked_for(self, connection: Connection) -> None:
        if not isinstance(connection, Measures):
            pytest.skip("does not count")
        sent = [one.remote_id for one in _thread(connection, 2)]
        assert connection.batch > 0
        figures = connection.figures([*sent, _unlike(sent[1])][-connection.batch :])
        assert set(figures) <= {*sent, _unlike(sent[1])}
        assert sent[1] in figures or connection.batch == 1
        assert all(isinstance(one, Figures) for one in figures.values())
        assert [remote_id for remote_id, one in figures.items() if one.deleted and remote_id in sent] == []
        told = [value for one in (*figures.values(), connection.audience()) for value in vars(one).values()]
        assert all(value is None or value >= 0 for value in told)

    # -- a wire that breaks

    @pytest.mark.parametrize("fault", DOUBTFUL)
    def test_where_the_answer_is_lost_nobody_knows_and_it_is_sent_once(
        self, network: Network, tmp_path: Path, fault: str
    ) -> None:
        fate, sent = self._fate_behind(network, tmp_path, fault)
        assert isinstance(fate, Uncertain)
        assert sent == 1, "a request is never sent again: the first one may have arrived"

    @pytest.mark.parametrize("fault", ["redirect", "redirect_307"])
    def test_a_message_follows_no_redirect(self, network: Network, tmp_path: Path, fault: str) -> None:
        fate, sent = self._fate_behind(network, tmp_path, fault)
        assert isinstance(fate, PlatformError)
        assert sent == 1

    def test_a_network_that_asks_to_slow_down_is_asked_later(self, network: Network, tmp_path: Path) -> None:
        fate, sent = self._fate_behind(network, tmp_path, "too_many")
        assert isinstance(fate, Unavailable)
        assert not fate.pauses_account
        assert fate.wait is None or fate.wait.total_seconds() > 0
        assert sent == 1, "waiting is for the publisher, not for the platform"

    def test_secrets_that_are_no_longer_accepted_pause_the_account(self, network: Network, tmp_path: Path) -> None:
        fate, _sent = self._fate_behind(network, tmp_path, "unauthorized")
        assert isinstance(fate, Unavailable)
        assert fate.pauses_account
        with FaultyProxy(network.server, ["unauthorized"] * 3, matches=lambda _: True) as proxy:
            connection = self.connect(network, tmp_path, network.reached_by(proxy.url))
            with pytest.raises(Unavailable) as caught:
                connection.identity()
            connection.close()
        assert caught.value.pauses_account

    def test_what_no_connection_carried_was_not_sent(self, network: Network, tmp_path: Path) -> None:
        _creation(network)
        connection = self.connect(network, tmp_path, network.reached_by(_dead_end()))
        assert isinstance(_fate(connection, Message(text="Words", key="k1"), network), Unavailable)
        for what in ("identity", "find", "recent"):
            with pytest.raises(Unavailable):
                _read(connection, what, "1")
        connection.close()

    @pytest.mark.parametrize("fault", BROKEN_READS)
    @pytest.mark.parametrize("what", ["identity", "find", "recent"])
    def test_what_cannot_be_read_is_not_taken_for_an_answer(
        self, connection: Connection, network: Network, tmp_path: Path, what: str, fault: str
    ) -> None:
        _creation(network)
        known = connection.publish(Message(text="It is there", key="k1")).remote_id
        with FaultyProxy(network.server, [fault] * 9, matches=lambda _: True) as proxy:
            broken = self.connect(network, tmp_path, network.reached_by(proxy.url))
            with pytest.raises(Unavailable) as caught:
                _read(broken, what, known)
            broken.close()
        _check_silent(caught.value, network)

    @pytest.mark.parametrize("body", ODD_BODIES)
    @pytest.mark.parametrize("status", [200, 201, 404])
    def test_an_answer_that_makes_no_sense_is_told_as_one_of_the_fates(
        self, network: Network, tmp_path: Path, status: int, body: bytes
    ) -> None:
        _creation(network)
        headers = (("Content-Type", "application/json"),)
        with LoopbackServer(lambda _: Answer(status=status, headers=headers, body=body)) as odd:
            connection = self.connect(network, tmp_path, network.reached_by(odd.url))
            for what in ("identity", "find", "recent"):
                with suppress(Unavailable):
                    _read(connection, what, "1")
            assert isinstance(_fate(connection, Message(text="Words", key="k1"), network), PlatformError)
            connection.close()

    def _fate_behind(self, network: Network, state: Path, fault: str) -> tuple[Status | PlatformError, int]:
        """What became of one message when this fault met it, and how often it was sent."""
        creates = _creation(network)
        with FaultyProxy(network.server, [fault] * 3, matches=creates) as proxy:
            connection = self.connect(network, state, network.reached_by(proxy.url))
            fate = _fate(connection, Message(text="Sent once", key="k1"), network)
            connection.close()
            requests = [one.request for one in proxy.history]
        return fate, sum(1 for one in requests if creates(one) or one.path == MOVED_TO)


def _fate(connection: Connection, message: Message, network: Network) -> Status | PlatformError:
    """What became of a message. Whatever is raised beside the three fates goes on: the publisher could not class it."""
    try:
        return connection.publish(message)
    except (Refused, Unavailable, Uncertain) as fate:
        _check_silent(fate, network)
        return fate


def _read(connection: Connection, what: str, remote_id: str) -> object:
    match what:
        case "identity":
            return connection.identity()
        case "find":
            return connection.find(remote_id)
        case _:
            return connection.recent("")


def _thread(connection: Connection, number: int) -> list[Status]:
    """So many statuses, each a reply to the one before."""
    sent: list[Status] = []
    for count in range(1, number + 1):
        parent = sent[-1].remote_id if sent else ""
        sent.append(connection.publish(Message(text=f"Number {count}", key=f"k{count}", parent=parent)))
    return sent


def _creation(network: Network) -> Callable[[Request], bool]:
    if network.creates is None:
        pytest.skip("the network has no wire to break")
    return network.creates


def _writes(request: Request) -> bool:
    return request.method not in ("GET", "HEAD")


def _dead_end() -> str:
    """The address of a server that is gone."""
    with LoopbackServer(lambda _: HangUp.FIN) as gone:
        return gone.url


def _unlike(remote_id: str) -> str:
    """An id of the same shape that nothing has: its last digit or letter is another one."""
    last = remote_id[-1]
    if last.isdigit():
        return remote_id[:-1] + str((int(last) + 5) % 10)
    return remote_id[:-1] + ("b" if last == "a" else "B" if last == "A" else "a" if last.islower() else "A")


def _check_id(remote_id: object) -> None:
    assert isinstance(remote_id, str), "ids are text: numbers lose digits, and other servers have letters"
    assert remote_id


def _check_status(status: Status, me: str) -> None:
    _check_id(status.remote_id)
    assert status.author in ("", me)
    assert status.url == "" or (status.url.isprintable() and "://" in status.url)
    assert status.pictures is None or status.pictures >= 0


def _check_limits(limits: Limits) -> None:
    values = {field.name: getattr(limits, field.name) for field in fields(Limits)}
    assert all(isinstance(value, int) and value >= (name != "media") for name, value in values.items()), values


def _check_silent(error: PlatformError, network: Network) -> None:
    """Messages end in logs and mails: no secret may stand there."""
    assert error.message.strip()
    for secret in network.secrets.values():
        assert secret not in f"{error.message} {error.hint}"
