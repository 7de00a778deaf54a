"""What every platform promises, as tests to inherit.

The author gives the platform, and a fixture ``network`` that makes a fresh network for each test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.models import VISIBILITIES, Limits, Mentions, Splitting
from contentkit.patterns import regex
from contentkit.platforms import Attachment, Connection, Figures, Hears, Measures, Message, Status
from contentkit.testing.bills import EmptyTab
from contentkit.testing.changes import ChangesContract
from contentkit.testing.network import PICTURE, TEXTS, Network, OnANetwork
from contentkit.testing.wires import BrokenWireContract, check_id, fate_of
from contentkit.text import normalised

# Any of these in memory makes each minute's run of cron, and each help text, several times slower.
HEAVY = frozenset(
    {"aiohttp", "http.client", "httpx", "mastodon", "openai", "pydantic", "requests", "ssl", "tweepy", "urllib3"}
)
_NAME = regex(r"[a-z][a-z0-9_]*")


class WorkingNetworkContract(OnANetwork):
    """The part of ``PlatformContract`` that wants everything to work."""

    several = 45

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

    def test_what_it_explains_are_its_own_secrets(self) -> None:
        assert set(self.platform.guidance) <= set(self.platform.secrets)
        assert all(words.strip() for words in self.platform.guidance.values())

    def test_it_lacks_nothing_of_a_plain_public_post(self) -> None:
        assert self.platform.lacks("public", "") == ""

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_its_links_are_places_in_the_text_in_order(self, text: str) -> None:
        links = list(self.platform.links(text))
        edges = [edge for link in links for edge in link]
        assert edges == sorted(edges), "in order, and none reaches into the next one"
        assert all(0 <= start < end <= len(text) for start, end in links)
        shown = [self.platform.shown_link(text[start:end]) for start, end in links]
        assert all(isinstance(words, str) and words and "\n" not in words for words in shown)

    def test_how_threads_are_usually_written_is_one_of_the_ways_there_are(self) -> None:
        assert self.platform.mentions in get_args(Mentions)
        assert self.platform.split in get_args(Splitting)
        assert isinstance(self.platform.tags_language, bool)

    def test_what_follows_the_first_part_has_a_place(self) -> None:
        assert self.platform.replies in ("", "public", "unlisted")
        assert self.platform.lacks(self.platform.replies or "public", "") == ""

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
        check_id(identity.remote_id)
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

    def test_who_wants_to_know_the_language_takes_it(self, connection: Connection, network: Network) -> None:
        if not self.platform.tags_language:
            pytest.skip("wants no language")
        connection.publish(Message(text="Words of a language", key="k1", language="en"))
        assert len(network.statuses()) == 1

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
        fate = fate_of(connection, message, network)
        created = len(network.statuses()) - 1
        if not isinstance(fate, Uncertain):
            assert created == isinstance(fate, Status), f"{fate!r}, but {created} statuses were created"

    # -- pictures, where it takes them

    def test_a_status_has_the_pictures_that_were_uploaded_for_it(
        self, connection: Connection, network: Network, attachment: Attachment
    ) -> None:
        picture = connection.upload(attachment)
        check_id(picture)
        assert network.statuses() == [], "nobody sees a picture before its status"
        sent = connection.publish(Message(text="With a picture", key="k1", media=(picture,)))
        plain = connection.publish(Message(text="Without one", key="k2"))
        assert [one.pictures for one in network.statuses()] == [1, 0]
        for status, alts in ((sent, (attachment.alt,)), (plain, ())):
            seen = connection.find(status.remote_id)
            assert seen is not None
            assert seen.pictures in (None, len(alts))
            assert seen.alts in (None, alts, (None,) * len(alts))

    def test_who_takes_no_pictures_refuses_them(self, connection: Connection) -> None:
        if self.platform.limits.media:
            pytest.skip("takes pictures")
        with pytest.raises(Refused):
            connection.upload(PICTURE)

    # -- figures, where it counts

    def test_who_counts_says_how_many_at_once(self, connection: Connection) -> None:
        members = {"figures", "batch", "audience"}
        found = {name for name in members if hasattr(connection, name)}
        assert found in (set(), members), f"without {' and '.join(sorted(members - found))} nobody asks for figures"

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
        audience = connection.audience()
        told = [value for one in figures.values() for value in vars(one).values()]
        told += [audience.followers, audience.following, audience.statuses]
        assert all(value is None or value >= 0 for value in told)
        assert audience.server_time is None or audience.server_time.utcoffset() is not None, "times are aware"

    # -- answers, where it tells who wrote to us

    def test_who_hears_says_all_that_sync_has_to_know(self, connection: Connection) -> None:
        members = {"heard", "heard_again", "keeps_words", "again_at_once"}
        found = {name for name in members if hasattr(connection, name)}
        assert found in (set(), members), f"without {' and '.join(sorted(members - found))} nobody asks who answered"

    def test_our_own_thread_is_no_answer_to_us_and_a_mark_goes_on(self, connection: Connection) -> None:
        if not isinstance(connection, Hears):
            pytest.skip("does not tell who answered")
        sent = [one.remote_id for one in _thread(connection, 2)]
        assert connection.again_at_once > 0
        assert connection.keeps_words.total_seconds() > 0
        first = connection.heard("")
        assert not {one.remote_id for one in first.heard} & set(sent)
        assert connection.heard(first.mark).heard == ()
        again = connection.heard_again([_unlike(sent[1])])
        assert set(again) <= {_unlike(sent[1])}
        assert not any(again.values())

    # -- bills, where it bills

    def test_what_reading_costs_is_noted_before_the_network_is_asked(
        self, connection: Connection, network: Network, tmp_path: Path
    ) -> None:
        prices = self.platform.prices
        if prices is None or not (prices.read_post and prices.read_user):
            pytest.skip("bills no reading")
        sent = connection.publish(Message(text="To be read", key="k1")).remote_id
        asked: dict[str, tuple[object, ...]] = {"identity": (), "recent": ("",), "find": (sent,)}
        if isinstance(connection, Hears):
            asked |= {"heard": ("",), "heard_again": ([sent],)}
        for name, values in asked.items():
            other, tab = self.connect(network, tmp_path), EmptyTab()
            other.bill_to(tab)
            with pytest.raises(Unavailable, match="no money left"):
                getattr(other, name)(*values)
            assert tab.refused, f"{name} asks without noting what it may cost"
            other.close()


class PlatformContract(WorkingNetworkContract, ChangesContract, BrokenWireContract):
    """Inherit from it, give ``platform`` and the fixture ``network``, and pytest does the rest.

    ``several`` is how many statuses make more than one page of a listing.
    """


def _thread(connection: Connection, number: int) -> list[Status]:
    """So many statuses, each a reply to the one before."""
    sent: list[Status] = []
    for count in range(1, number + 1):
        parent = sent[-1].remote_id if sent else ""
        sent.append(connection.publish(Message(text=f"Number {count}", key=f"k{count}", parent=parent)))
    return sent


def _unlike(remote_id: str) -> str:
    """An id of the same shape that nothing has: its last digit or letter is another one."""
    last = remote_id[-1]
    if last.isdigit():
        return remote_id[:-1] + str((int(last) + 5) % 10)
    return remote_id[:-1] + ("b" if last == "a" else "B" if last == "A" else "a" if last.islower() else "A")


def _check_status(status: Status, me: str) -> None:
    check_id(status.remote_id)
    assert status.author in ("", me)
    assert status.url == "" or (status.url.isprintable() and "://" in status.url)
    assert status.pictures is None or status.pictures >= 0
    assert status.alts is None or len(status.alts) == status.pictures
    assert status.visibility in (None, *VISIBILITIES)


def _check_limits(limits: Limits) -> None:
    values = {field.name: getattr(limits, field.name) for field in fields(Limits)}
    assert all(isinstance(value, int) and value >= (name != "media") for name, value in values.items()), values
