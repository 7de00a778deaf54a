"""One adapter per network behind one Protocol.

A platform is found by its entry point in the group ``contentkit.platforms``, the built-in ones included.
Its class says how the network counts and which secrets it needs without importing anything heavy; ``connect``
gives the connection that talks to the network. Every failure is translated here, at the border, into one of
three fates: Refused, Unavailable, Uncertain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from contentkit.errors import Refused
from contentkit.media import MediaKind
from contentkit.models import Account, Limits, Mentions, Splitting
from contentkit.text import urls_in
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.money.prices import Prices
    from contentkit.platforms.billing import Tab


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A picture or film as it leaves this machine: ``data`` are the bytes that were approved, ``digest`` their SHA-256.

    ``path`` is its name in the project, for messages; ``mime`` is its media type (``image/jpeg``).
    """

    path: str
    data: bytes
    digest: str
    mime: str
    kind: MediaKind
    alt: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """One status to create. ``parent`` is the remote id it replies to; ``key`` names this one attempt's content.

    ``media`` are the ids that ``upload`` gave for its pictures, in order.
    """

    text: str
    key: str
    parent: str = ""
    visibility: str = "public"
    warning: str = ""
    language: str = ""
    media: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Status:
    """A status as the network has it, in plain text. ``parent`` is the remote id it replies to, or empty.

    ``author`` is the remote id of the account that wrote it; empty where the network does not say. ``pictures`` counts
    its pictures and films, and ``alts`` are their alt texts in order, empty for none; ``visibility`` is one of
    ``models.VISIBILITIES``; ``warning`` and ``language`` are as it was sent, empty for none. None where the network does not say.
    """

    remote_id: str
    url: str
    text: str
    parent: str = ""
    author: str = ""
    pictures: int | None = None
    alts: tuple[str | None, ...] | None = None
    visibility: str | None = None
    warning: str | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the network says we are; ``server_time`` is what its clock said, if it said so."""

    remote_id: str
    handle: str
    server_time: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How many more statuses the network takes until so much time has passed."""

    left: int
    wait: timedelta


class Connection(Protocol):
    """What the publisher asks of a network. Every method may raise Unavailable; remote ids are opaque.

    Who inherits from it need not write what the network does not have: pictures, bills, the words as sent, its answers,
    remarks, anything to close.
    """

    def identity(self) -> Identity:
        """The account we are logged in as."""
        ...

    def limits(self) -> Limits:
        """The limits that are in force now."""
        ...

    def upload(self, attachment: Attachment) -> str:
        """Puts a picture on the network, with its alt text, where nobody sees it yet; returns the id for ``Message.media``.

        Comes back when it can be published. Raises Refused, or Unavailable whenever it may work later: it is
        never Uncertain, because an upload that nobody uses harms nobody.
        """
        raise Refused(f"{attachment.path}: this network takes no pictures", hint="take it out of the draft")

    def publish(self, message: Message) -> Status:
        """Create one status. Raises Refused, Unavailable (certainly not created) or Uncertain; tries once."""
        ...

    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:  # noqa: ARG002 - a network that cannot
        """Gives an own status other words, another warning or language, and its pictures these alt texts, in their order.

        The pictures, the parent and who may see it stay as they are; ``message.media`` and ``message.key`` count for nothing.
        Raises Refused, Unavailable (certainly not changed) or Uncertain; tries once. Doing the same twice changes nothing more.
        """
        raise Refused("this network cannot change what is published")

    def delete(self, remote_id: str) -> None:  # noqa: ARG002 - a network that cannot
        """Takes an own status off the network; fine when it is gone already.

        Raises Refused, Unavailable (certainly not deleted) or Uncertain; tries once.
        """
        raise Refused("this network cannot delete what is published", hint="delete it there by hand")

    def allowance(self) -> Allowance | None:
        """What the network said, with its answer to the last ``publish``, that it still takes; None where it said nothing."""
        return None

    def find(self, remote_id: str) -> Status | None:
        """The status with this id; None when the network says that there is none."""
        ...

    def recent(self, after: str) -> list[Status]:
        """Own statuses newer than ``after`` (empty: the latest page), newest first, boosts left out."""
        ...

    def since(self, moment: datetime) -> list[Status]:  # noqa: ARG002 - a network that shows its latest page only
        """Every own status since this moment, newest first, boosts left out; older ones may be among them.

        Raises Refused when it cannot look back so far: then nobody knows what was published, and a person is asked.
        As it stands here it is the latest page, for networks that show no more.
        """
        return self.recent("")

    def answer(self) -> str:
        """What the network answered last to a request that was not only to read, in short, without secrets; for the journal.

        Empty where it does not say, and before such a request was made.
        """
        return ""

    def bill_to(self, tab: Tab) -> None:  # noqa: ARG002 - a network that bills nothing
        """From now on whatever may be billed is noted here before it is asked; but for ``publish``, which the caller notes."""
        return

    def words(self, remote_id: str) -> str | None:  # noqa: ARG002 - a network that keeps none
        """The words of a status exactly as they were sent, where the network keeps them, else None."""
        return None

    def remarks(self) -> Sequence[str]:
        """What whoever checks the account should know, a sentence each: what the token may not do, what the account might do."""
        return ()

    def close(self) -> None:
        """Give back what the connection holds; doing so twice is fine."""
        return


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the network counts of one status now. None: not told, which is not the same as 0.

    ``replies`` are all direct replies, our own included; ``shares`` are boosts or reposts.
    """

    replies: int | None = None
    likes: int | None = None
    shares: int | None = None
    quotes: int | None = None
    bookmarks: int | None = None
    impressions: int | None = None
    link_clicks: int | None = None
    profile_clicks: int | None = None
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class Audience:
    """What the network counts of the account now, and its own time where the same answer tells it. None: not told."""

    followers: int | None = None
    following: int | None = None
    statuses: int | None = None
    server_time: datetime | None = field(default=None, compare=False)


@runtime_checkable
class Measures(Protocol):
    """What a connection can do besides, when its network counts. ``batch`` is how many statuses one request may ask for."""

    batch: int

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """The figures of these own statuses, at most ``batch``; one that the network says is gone is ``deleted``.

        An id that the network says nothing about is left out. Raises Unavailable.
        """
        ...

    def audience(self) -> Audience:
        """The account's own figures. Raises Unavailable."""
        ...


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A status of somebody else that answers or mentions us. ``parent`` is the remote id it replies to, empty for none.

    ``url`` is where it can be answered: on the account's own server, wherever its author is. ``author`` is their handle
    (``ana@social.example``), empty where it is not told. ``text`` is plain, and None where it is meant for few: it is not kept.
    ``written_at`` is aware, None where the network does not say; ``visibility`` is its own word.
    """

    remote_id: str
    url: str
    author: str
    author_name: str = ""
    text: str | None
    warning: str = ""
    parent: str = ""
    visibility: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What was heard, the newest of each page first, and the ``mark`` that asks for what comes after it.

    ``more`` is true when there was more than could be read, and it is passed over.
    """

    heard: tuple[Heard, ...]
    mark: str
    more: bool = False


@runtime_checkable
class Hears(Protocol):
    """What a connection can do besides, when its network tells who answered or mentioned us.

    ``keeps_words`` is how long the words of others may be kept after the network last showed them; ``again_at_once`` is how many
    statuses one call of ``heard_again`` may ask for.
    """

    keeps_words: timedelta
    again_at_once: int

    def heard(self, mark: str) -> Hearing:
        """Answers and mentions after this mark (empty: the latest page), our own left out.

        Raises Unavailable, or Refused where the network or the token does not allow it.
        """
        ...

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        """The same statuses as they are now; None for one that the network says is gone.

        An id that the network says nothing about is left out. Raises Unavailable.
        """
        ...


@runtime_checkable
class SignsIn(Protocol):
    """What a platform offers besides, when it can get its secrets by talking with a person."""

    def sign_in(
        self, server: str, tell: Callable[[str], None], ask: Callable[[str], str], *, proxy: str = ""
    ) -> dict[str, str]:
        """The secrets of an account on this server, by name. ``tell`` shows a line, ``ask`` asks and returns the answer.

        Beside them, as ``expires_in``, in how many seconds they expire, where the server says so.
        ``proxy`` is given where this machine's user names one.
        Raises Unavailable when the server cannot be reached, Refused when it says no, ContentError for a server that is none.
        """
        ...


class Platform(Protocol):
    """What a network is, known without talking to it. ``secrets`` names what ``connect`` needs (``token``).

    ``limits`` are what is usual there, for accounts that do not state their own. Who inherits from it need not write the rest:
    ``server_example``, where the network is many servers, is the address of one, to show whoever is asked for theirs;
    ``guidance``, where a person copies the secrets, says for each where to find it; ``prices``, where it bills requests, what it
    bills: nothing is then read for figures beyond ``budget.reads``; ``refuses_repeats``, where it takes the same words only
    once; ``one_cashtag``, where ``$ABCD`` is a link and a post may have one; ``edits``, where a published status can be changed
    at its address.
    What follows holds for accounts whose settings say nothing else: ``replies`` is the visibility of what follows the first part
    of a public thread (empty: public, too), ``mentions`` whether people who agreed are mentioned or named, ``split`` how posts
    that are too long become several. ``tags_language`` says whether it wants to know the language of a status.
    """

    name: str
    secrets: tuple[str, ...]
    limits: Limits
    server_example: str = ""
    guidance: Mapping[str, str] = MappingProxyType({})
    prices: Prices | None = None
    refuses_repeats: bool = False
    one_cashtag: bool = False
    edits: bool = False
    replies: str = ""
    mentions: Mentions = "handles"
    split: Splitting = "sentence-first"
    tags_language: bool = False

    def length(self, text: str, warning: str, limits: Limits) -> int:
        """The length as this network counts it."""
        ...

    def links(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the links of this text stand that the network would make, in order: what it shows as one and counts as one."""
        return urls_in(text)

    def shown_link(self, link: str) -> str:
        """What readers see of one of these links; as it was written, where the network does not cut it."""
        return link

    def lacks(self, visibility: str, warning: str) -> str:  # noqa: ARG002 - a network that has it all
        """What of this the network has no place for, in words (``content warnings``); empty when it has all."""
        return ""

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> Connection:
        """A connection; ``state`` is a private folder of this machine. Raises ContentError when the account lacks something."""
        ...
