"""Platforms that each break one promise, as authors do in their first week, and the test that must see it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests  # noqa: F401 - as authors do in their first week

from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits
from contentkit.money.prices import Prices, prices_of
from contentkit.platforms import (
    Attachment,
    Audience,
    Connection,
    Figures,
    Heard,
    Hearing,
    Identity,
    Message,
    Platform,
    Status,
)
from contentkit.platforms.console import Console, ConsoleConnection
from contentkit.platforms.mastodon import Mastodon, MastodonConnection
from contentkit.platforms.session import WatchedSession


class DropsTheParent(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        return super().publish(replace(message, parent=""))


class PublishesTwice(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        super().publish(message)
        return super().publish(message)


class EditsByPublishingAnew(ConsoleConnection):
    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        self.delete(remote_id)
        return self.publish(message)


class EditsThePicturesAway(ConsoleConnection):
    def find(self, remote_id: str) -> Status | None:
        status = super().find(remote_id)
        return status and replace(status, pictures=0, alts=())


class EditsWhatIsNotThere(ConsoleConnection):
    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        return super().edit(remote_id, message, alts) if self.find(remote_id) else self.publish(message)


class MindsThatItIsGone(ConsoleConnection):
    def delete(self, remote_id: str) -> None:
        if self.find(remote_id) is None:
            raise Refused("no such status")
        super().delete(remote_id)


class ChangesAgain(MastodonConnection):
    def delete(self, remote_id: str) -> None:
        try:
            super().delete(remote_id)
        except Uncertain:
            super().delete(remote_id)


class GivesNumbers(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        sent = super().publish(message)
        number: Any = int(sent.remote_id)
        return replace(sent, remote_id=number)

    def find(self, remote_id: str) -> Status | None:
        return super().find(str(remote_id))


class Escapes(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        return super().publish(replace(message, text=html.escape(message.text)))


class ShowsLinksShortened(ConsoleConnection):
    def find(self, remote_id: str) -> Status | None:
        status = super().find(remote_id)
        return status and replace(status, text=status.text.replace("https://example.org/path", "https://sho.rt/1"))


class ListsTheOldestFirst(ConsoleConnection):
    def recent(self, after: str) -> list[Status]:
        return super().recent(after)[::-1]


class KnowsNoWatermark(ConsoleConnection):
    def recent(self, after: str) -> list[Status]:
        return super().recent("")


class ReadsOnePage(ConsoleConnection):
    def recent(self, after: str) -> list[Status]:
        return super().recent(after)[:20]


class FindsWhateverIsThere(ConsoleConnection):
    def find(self, remote_id: str) -> Status | None:
        return next(iter(self.recent("")), None)


class RaisesWhereNothingIs(ConsoleConnection):
    def find(self, remote_id: str) -> Status | None:
        return {status.remote_id: status for status in self.recent("")}[remote_id]


class TakesIdsForNumbers(ConsoleConnection):
    def find(self, remote_id: str) -> Status | None:
        return super().find(str(int(remote_id)))


class RemembersOnlyItsOwn(ConsoleConnection):
    def __init__(self, account: Account, path: Path) -> None:
        super().__init__(account, path)
        self._sent: list[Status] = []

    def publish(self, message: Message) -> Status:
        self._sent.append(super().publish(message))
        return self._sent[-1]

    def recent(self, after: str) -> list[Status]:
        return list(reversed(self._sent))


class RefusesAfterwards(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        super().publish(message)
        if len(message.text) > 500:
            raise Refused("too long")
        return self.recent("")[0]


class RaisesItsOwn(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        if not message.text:
            raise ValueError("a status needs words")
        return super().publish(message)


class LosesPictures(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        return super().publish(replace(message, media=()))


class ClosesOnce(ConsoleConnection):
    closed = False

    def close(self) -> None:
        if self.closed:
            raise RuntimeError("closed already")
        self.closed = True


class TellsNaiveTimes(ConsoleConnection):
    def identity(self) -> Identity:
        return replace(super().identity(), server_time=datetime(2026, 11, 22))  # noqa: DTZ001 - that is the fault


class ForgetsWhoItIs(ConsoleConnection):
    def identity(self) -> Identity:
        return replace(super().identity(), remote_id="")


class HasNoLimits(ConsoleConnection):
    def limits(self) -> Limits:
        return replace(super().limits(), characters=0)


class CallsTheLivingDeleted(ConsoleConnection):
    batch = 5

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        return {remote_id: Figures(deleted=True) for remote_id in remote_ids}

    def audience(self) -> Audience:
        return Audience()


class TellsFiguresUnderNoNumber(ConsoleConnection):
    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        return {}

    def audience(self) -> Audience:
        return Audience()


class CountsBelowNothing(CallsTheLivingDeleted):
    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        return {remote_id: Figures(likes=-1) for remote_id in remote_ids}


class HearsHalf(ConsoleConnection):
    def heard(self, mark: str) -> Hearing:
        return Hearing(heard=(), mark=mark)


class HearsItself(ConsoleConnection):
    keeps_words = timedelta(days=1)
    again_at_once = 5

    def heard(self, mark: str) -> Hearing:
        own = self.recent("")
        return Hearing(
            heard=tuple(Heard(remote_id=one.remote_id, url=one.url, author="", text=one.text) for one in own), mark="1"
        )

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        return {}


class SendsAgain(MastodonConnection):
    def publish(self, message: Message) -> Status:
        with suppress(Uncertain):
            return super().publish(message)
        return super().publish(message)


class CallsDoubtUnavailable(MastodonConnection):
    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Uncertain as error:
            raise Unavailable(error.message) from error


class SwallowsErrors(MastodonConnection):
    def publish(self, message: Message) -> Status:
        with suppress(Uncertain):
            return super().publish(message)
        return Status(remote_id="0", url="", text=message.text)


class CallsAllDoubtful(MastodonConnection):
    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Unavailable as error:
            raise Uncertain(error.message) from error


class TakesTroubleForAbsence(MastodonConnection):
    def find(self, remote_id: str) -> Status | None:
        with suppress(Unavailable):
            return super().find(remote_id)
        return None


class TakesTroubleForSilence(MastodonConnection):
    def recent(self, after: str) -> list[Status]:
        with suppress(Unavailable):
            return super().recent(after)
        return []


class TellsItsToken(MastodonConnection):
    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Uncertain as error:
            raise Uncertain(f"{error.message} (token {self._token})") from error


class TrustsEveryAnswer(MastodonConnection):
    def find(self, remote_id: str) -> Status | None:
        answer = self._session.read(f"/api/v1/statuses/{remote_id}").json()
        return Status(remote_id=answer["id"], url=answer["url"], text=answer["text"])


class FollowsRedirects(SendsAgain):
    pass


class TakesABusyNetworkForARefusal(MastodonConnection):
    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Unavailable as error:
            raise Refused(error.message) from error


class SaysNotThatItIsLockedOut(MastodonConnection):
    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Unavailable as error:
            raise Unavailable(error.message) from error


class DoubtsItsUploads(MastodonConnection):
    def upload(self, attachment: Attachment) -> str:
        try:
            return super().upload(attachment)
        except Unavailable as error:
            raise Uncertain(error.message) from error


class CountsWords(Console):
    def length(self, text: str, warning: str, limits: Limits) -> int:
        return len(text.split())


class CountsDown(Console):
    def length(self, text: str, warning: str, limits: Limits) -> int:
        return 500 - len(text)


class HasAnUnusableSecret(Console):
    secrets = ("api-key",)


class AsksTwiceForOneSecret(Console):
    secrets = ("token", "token")


class ExplainsWhatItDoesNotAskFor(Console):
    guidance: Mapping[str, str] = {"token": "Preferences, Development"}


class TakesPicturesAndHasNoPlaceForThem(Console):
    limits = Limits(media=0)


class LacksThePublic(Console):
    def lacks(self, visibility: str, warning: str) -> str:
        return f"{visibility} posts"


class FindsLinksBackwards(Console):
    def links(self, text: str) -> Sequence[tuple[int, int]]:
        return list(super().links(text))[::-1]


class SplitsInItsOwnWay(Console):
    split: Any = "by page"


class HasNoPlaceForWhatFollows(Console):
    replies = "unlisted"

    def lacks(self, visibility: str, warning: str) -> str:
        return "unlisted posts" if visibility == "unlisted" else ""


class RefusesLanguages(ConsoleConnection):
    def publish(self, message: Message) -> Status:
        if message.language:
            raise Refused("speaks no languages")
        return super().publish(message)


class WantsTheLanguageItRefuses(Console):
    tags_language = True

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> ConsoleConnection:
        return RefusesLanguages(account, state / f"{account.name}.console.jsonl")


class BillsReadingUnasked(Console):
    prices: Prices | None = prices_of("x")


class HasNoUsualLimits(Console):
    limits = Limits(characters=-1)


@dataclass
class OnTheConsole(Console):
    """The console with another connection."""

    kind: type[ConsoleConnection]

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> ConsoleConnection:
        return self.kind(account, state / f"{account.name}.console.jsonl")


@dataclass
class OnMastodon(Mastodon):
    """Mastodon with another connection."""

    kind: type[MastodonConnection]

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> MastodonConnection:
        return self.kind(account, secrets["token"], WatchedSession(account.server, secrets=secrets.values()))


_PLATFORM = "test_its_names_can_stand_in_a_file_and_its_secrets_in_the_environment"
_SENT = "test_a_message_becomes_one_status_that_is_found_by_its_words"
_CHAIN = "test_a_thread_is_a_chain_of_replies"
_RECENT = "test_recent_statuses_come_newest_first_and_end_at_the_watermark"
_UNKNOWN = "test_an_unknown_id_is_found_nowhere"
_WRONG = "test_whatever_is_wrong_with_a_message_its_fate_is_told_truly"
_WHO = "test_it_says_who_we_are_the_same_each_time"
_FIGURES = "test_figures_are_of_the_statuses_that_were_asked_for"
_LOST = "test_where_the_answer_is_lost_nobody_knows_and_it_is_sent_once"
_READ = "test_what_cannot_be_read_is_not_taken_for_an_answer"
_LENGTH = "test_a_length_is_a_number_that_more_words_do_not_lessen"

SEEN_BY: dict[type[Connection] | type[Platform], str] = {
    DropsTheParent: _CHAIN,
    EditsByPublishingAnew: "test_who_edits_gives_a_status_other_words_in_its_place",
    EditsThePicturesAway: "test_an_edited_status_keeps_its_pictures_and_gets_their_alt_texts",
    EditsWhatIsNotThere: "test_what_is_not_there_is_not_edited",
    MindsThatItIsGone: "test_who_deletes_takes_off_one_status_and_is_content_when_it_is_gone",
    ChangesAgain: "test_a_change_whose_answer_is_lost_is_in_doubt_and_is_asked_for_once[delete-close]",
    PublishesTwice: f"{_SENT}[plain]",
    GivesNumbers: f"{_SENT}[plain]",
    Escapes: f"{_SENT}[markup]",
    ShowsLinksShortened: f"{_SENT}[links]",
    ListsTheOldestFirst: _RECENT,
    KnowsNoWatermark: _RECENT,
    ReadsOnePage: "test_a_watermark_on_an_earlier_page_is_reached",
    FindsWhateverIsThere: _UNKNOWN,
    RaisesWhereNothingIs: _UNKNOWN,
    TakesIdsForNumbers: "test_an_id_from_elsewhere_leads_nowhere[a/b]",
    RemembersOnlyItsOwn: "test_another_connection_sees_what_was_published",
    RefusesAfterwards: f"{_WRONG}[too long]",
    RaisesItsOwn: f"{_WRONG}[no words]",
    LosesPictures: "test_a_status_has_the_pictures_that_were_uploaded_for_it",
    ClosesOnce: "test_closing_twice_is_fine",
    TellsNaiveTimes: _WHO,
    ForgetsWhoItIs: _WHO,
    HasNoLimits: "test_its_limits_in_force_are_ones_to_write_within",
    CallsTheLivingDeleted: _FIGURES,
    CountsBelowNothing: _FIGURES,
    TellsFiguresUnderNoNumber: "test_who_counts_says_how_many_at_once",
    HearsHalf: "test_who_hears_says_all_that_sync_has_to_know",
    HearsItself: "test_our_own_thread_is_no_answer_to_us_and_a_mark_goes_on",
    SendsAgain: f"{_LOST}[close]",
    CallsDoubtUnavailable: f"{_LOST}[reset]",
    SwallowsErrors: f"{_LOST}[bad_gateway]",
    CallsAllDoubtful: "test_what_no_connection_carried_was_not_sent",
    FollowsRedirects: "test_a_message_follows_no_redirect[redirect_307]",
    TakesABusyNetworkForARefusal: "test_a_network_that_asks_to_slow_down_is_asked_later",
    SaysNotThatItIsLockedOut: "test_secrets_that_are_no_longer_accepted_pause_the_account",
    TrustsEveryAnswer: "test_an_answer_that_makes_no_sense_is_told_as_one_of_the_fates[200-null]",
    DoubtsItsUploads: "test_an_upload_whose_answer_is_lost_can_be_done_again",
    TakesTroubleForAbsence: f"{_READ}[find-bad_gateway]",
    TakesTroubleForSilence: f"{_READ}[recent-html_ok]",
    TellsItsToken: f"{_LOST}[close]",
    CountsWords: "test_plain_letters_count_at_least_one_each",
    CountsDown: f"{_LENGTH}[plain]",
    HasAnUnusableSecret: _PLATFORM,
    AsksTwiceForOneSecret: _PLATFORM,
    ExplainsWhatItDoesNotAskFor: "test_what_it_explains_are_its_own_secrets",
    TakesPicturesAndHasNoPlaceForThem: "test_who_takes_no_pictures_refuses_them",
    LacksThePublic: "test_it_lacks_nothing_of_a_plain_public_post",
    FindsLinksBackwards: "test_its_links_are_places_in_the_text_in_order[links]",
    SplitsInItsOwnWay: "test_how_threads_are_usually_written_is_one_of_the_ways_there_are",
    HasNoPlaceForWhatFollows: "test_what_follows_the_first_part_has_a_place",
    WantsTheLanguageItRefuses: "test_who_wants_to_know_the_language_takes_it",
    BillsReadingUnasked: "test_what_reading_costs_is_noted_before_the_network_is_asked",
    HasNoUsualLimits: "test_its_usual_limits_are_ones_to_write_within",
    # Its own module imports an HTTP library.
    OnMastodon: "test_importing_it_loads_nothing_heavy",
}
