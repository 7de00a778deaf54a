"""What every platform promises of a network that does not work: three fates, each told only when it is certain.

The wire is broken by a proxy between the platform and the author's network, where the network says which requests matter.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.platforms import Attachment, Connection, Message, Status
from contentkit.testing.faults import MOVED_TO
from contentkit.testing.faulty_proxy import FaultyProxy, changes_something
from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Request
from contentkit.testing.network import Network, OnANetwork

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
    b'{"id": 5.5, "data": {"id": true}}',
    b'{"error": {"of": []}, "data": []}',
)


class BrokenWireContract(OnANetwork):
    """The part of ``PlatformContract`` that breaks the wire; a network without one skips it."""

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
        assert isinstance(fate_of(connection, Message(text="Words", key="k1"), network), Unavailable)
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
            assert isinstance(fate_of(connection, Message(text="Words", key="k1"), network), PlatformError)
            connection.close()

    def test_an_upload_whose_answer_is_lost_can_be_done_again(
        self, network: Network, tmp_path: Path, attachment: Attachment
    ) -> None:
        creates = _creation(network)
        with FaultyProxy(
            network.server, ["close"], matches=lambda one: changes_something(one) and not creates(one)
        ) as proxy:
            connection = self.connect(network, tmp_path, network.reached_by(proxy.url))
            with pytest.raises(Unavailable) as caught:
                connection.upload(attachment)
            _check_silent(caught.value, network)
            check_id(connection.upload(attachment))
            connection.close()

    def _fate_behind(self, network: Network, state: Path, fault: str) -> tuple[Status | PlatformError, int]:
        """What became of one message when this fault met it, and how often it was sent."""
        creates = _creation(network)
        with FaultyProxy(network.server, [fault] * 3, matches=creates) as proxy:
            connection = self.connect(network, state, network.reached_by(proxy.url))
            fate = fate_of(connection, Message(text="Sent once", key="k1"), network)
            connection.close()
            requests = [one.request for one in proxy.history]
        return fate, sum(1 for one in requests if creates(one) or one.path == MOVED_TO)


def fate_of(connection: Connection, message: Message, network: Network) -> Status | PlatformError:
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


def _creation(network: Network) -> Callable[[Request], bool]:
    if network.creates is None:
        pytest.skip("the network has no wire to break")
    return network.creates


def _dead_end() -> str:
    """The address of a server that is gone."""
    with LoopbackServer(lambda _: HangUp.FIN) as gone:
        return gone.url


def check_id(remote_id: object) -> None:
    assert isinstance(remote_id, str), "ids are text: numbers lose digits, and other servers have letters"
    assert remote_id


def _check_silent(error: PlatformError, network: Network) -> None:
    """Messages end in logs and mails: no secret may stand there."""
    assert error.message.strip()
    for secret in network.secrets.values():
        assert secret not in f"{error.message} {error.hint}"
