"""What every platform promises that can change or delete what is published; the others skip it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.errors import PlatformError, Uncertain
from contentkit.platforms import Attachment, Connection, Message
from contentkit.testing.faulty_proxy import FaultyProxy, changes_something
from contentkit.testing.network import Network, OnANetwork
from contentkit.text import normalised

_LOST = ("close", "drop", "server_error", "html_ok")


class ChangesContract(OnANetwork):
    """The part of ``PlatformContract`` that is about what is out already."""

    def test_who_edits_gives_a_status_other_words_in_its_place(self, connection: Connection, network: Network) -> None:
        self._edits()
        first = connection.publish(Message(text="The first", key="k1"))
        second = connection.publish(Message(text="The second", key="k2", parent=first.remote_id))
        for _ in range(2):
            told = connection.edit(second.remote_id, Message(text="Other words", key="k3", parent=first.remote_id), [])
            assert told.remote_id == second.remote_id
        standing = [(one.remote_id, normalised(one.text), one.parent) for one in network.statuses()]
        assert standing == [(first.remote_id, "The first", ""), (second.remote_id, "Other words", first.remote_id)]
        seen = connection.find(second.remote_id)
        assert seen is not None
        assert (normalised(seen.text), seen.parent) == ("Other words", first.remote_id)

    def test_an_edited_status_keeps_its_pictures_and_gets_their_alt_texts(
        self, connection: Connection, network: Network, attachment: Attachment
    ) -> None:
        self._edits()
        picture = connection.upload(attachment)
        sent = connection.publish(Message(text="With a picture", key="k1", media=(picture,)))
        connection.edit(sent.remote_id, Message(text="Other words", key="k2"), ["Another alt text"])
        assert [one.pictures for one in network.statuses()] == [1]
        seen = connection.find(sent.remote_id)
        assert seen is not None
        assert seen.pictures in (None, 1)
        assert seen.alts in (None, ("Another alt text",), (None,))

    def test_what_is_not_there_is_not_edited(self, connection: Connection, network: Network) -> None:
        self._edits()
        sent = connection.publish(Message(text="The only one", key="k1"))
        unknown = sent.remote_id[:-1] + ("1" if sent.remote_id[-1] != "1" else "2")
        with pytest.raises(PlatformError):
            connection.edit(unknown, Message(text="Other words", key="k2"), [])
        assert [normalised(one.text) for one in network.statuses()] == ["The only one"]

    def test_who_deletes_takes_off_one_status_and_is_content_when_it_is_gone(
        self, connection: Connection, network: Network
    ) -> None:
        self._deletes(connection)
        first, second = (connection.publish(Message(text=text, key=text)) for text in ("Number 1", "Number 2"))
        for _ in range(2):
            connection.delete(first.remote_id)
        assert [one.remote_id for one in network.statuses()] == [second.remote_id]
        assert connection.find(first.remote_id) is None

    @pytest.mark.parametrize("fault", _LOST)
    @pytest.mark.parametrize("change", ["edit", "delete"])
    def test_a_change_whose_answer_is_lost_is_in_doubt_and_is_asked_for_once(
        self, connection: Connection, network: Network, tmp_path: Path, change: str, fault: str
    ) -> None:
        if network.creates is None:
            pytest.skip("the network does not say which requests create a status")
        self._edits() if change == "edit" else self._deletes(connection)
        sent = connection.publish(Message(text="Before", key="k1"))
        with FaultyProxy(network.server, [fault] * 3, matches=changes_something) as proxy:
            broken = self.connect(network, tmp_path, network.reached_by(proxy.url))
            with pytest.raises(Uncertain):
                _ask(broken, change, sent.remote_id)
            broken.close()
            assert sum(changes_something(one.request) for one in proxy.history) == 1

    def _edits(self) -> None:
        if not self.platform.edits:
            pytest.skip("changes nothing that is published")

    def _deletes(self, connection: Connection) -> None:
        if getattr(type(connection), "delete", Connection.delete) is Connection.delete:
            pytest.skip("deletes nothing that is published")


def _ask(connection: Connection, change: str, remote_id: str) -> None:
    if change == "edit":
        connection.edit(remote_id, Message(text="After", key="k2"), [])
    else:
        connection.delete(remote_id)
