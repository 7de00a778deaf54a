"""The digest is another exactly when something that is sent, or that decides when and by whose word, is another."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.link_tags import LinkTags
from contentkit.manifests import SlotRule, Terms, digest, manifest
from contentkit.models import (
    Account,
    Condition,
    Draft,
    Entry,
    Evidence,
    Lateness,
    Limits,
    Media,
    Person,
    Post,
    Rendition,
    Waiver,
)
from contentkit.renditions import Manner, frozen, render
from contentkit.text import urls_in

# Few words, so that equal ones are met as well.
WORDS = st.sampled_from(
    [
        "One pear.",
        "One pear. ",
        "One\u00a0pear.",
        "caf\u00e9",
        "cafe\u0301",
        "@{mara} saw it",
        "a\nb",
        "https://orchard.example.org/a",
    ]
)
NAMES = st.sampled_from(["", "a", "b"])
MEDIA = st.builds(
    Media,
    path=st.sampled_from(["a.png", "b.png"]),
    alt=st.sampled_from(["", "Pears", "@{mara}"]),
    line=st.integers(0, 2),
)
WAIVERS = st.builds(Waiver, check=st.sampled_from(["CK201", "CK205"]), words=NAMES, by=NAMES, reason=NAMES)
PLACES = st.sampled_from([(), ("ours",), ("console",), ("second", "ours")])
POSTS = st.builds(
    Post,
    text=WORDS,
    media=st.lists(MEDIA, max_size=2).map(tuple),
    only=PLACES,
    instead=PLACES,
    waivers=st.lists(WAIVERS, max_size=2).map(tuple),
    evidence=st.lists(st.builds(Evidence, source=NAMES, first=st.just(1), last=st.just(1)), max_size=1).map(tuple),
    line=st.integers(0, 3),
)
DRAFTS = st.builds(
    Draft,
    slug=st.sampled_from(["pears", "plums"]),
    posts=st.lists(POSTS, min_size=1, max_size=3).map(tuple),
    title=NAMES,
    founder=st.sampled_from(["", "mara"]),
    link=NAMES,
    language=st.sampled_from(["", "en", "es"]),
    tags=PLACES,
    visibility=st.sampled_from(["", "unlisted"]),
    warning=NAMES,
    path=NAMES,
)
ENTRIES = st.builds(
    Entry,
    id=st.sampled_from(["pears", "plums"]),
    draft=NAMES,
    at=st.sampled_from([datetime(2026, 11, day, 9, 30, tzinfo=UTC) for day in (24, 25)]),
    wall=st.sampled_from(["2026-11-24T09:30:00", "2026-11-25T09:30:00"]),
    zone=st.sampled_from(["UTC", "Europe/Madrid"]),
    accounts=st.just(("ours", "second")),
    slot=NAMES,
    campaign=NAMES,
    late=st.builds(
        Lateness,
        policy=st.sampled_from(["post", "hold"]),
        within=st.sampled_from([timedelta(hours=2), timedelta(hours=6)]),
    ),
    when=st.none() | st.builds(Condition, url=NAMES, contains=NAMES),
    paused=st.booleans(),
    after=NAMES,
    visibility=st.sampled_from(["", "private"]),
    warning=st.none() | NAMES,
    line=st.integers(0, 3),
)
ACCOUNTS = st.builds(
    Account,
    name=st.just("ours"),
    platform=st.sampled_from(["mastodon", "console"]),
    server=NAMES,
    handle=NAMES,
    remote_id=NAMES,
    visibility=st.sampled_from(["", "unlisted"]),
    limits=st.builds(Limits, characters=st.sampled_from([10, 500])),
)
PEOPLE = st.builds(
    Person,
    name=st.just("mara"),
    display=st.sampled_from(["Mara Quist", "Mara Q."]),
    handles=st.sampled_from([{}, {"mastodon": "@mara@grove.example"}]),
    consent=st.sampled_from(["mention", "name"]),
    languages=st.sampled_from([(), ("es",)]),
)
SLOTS = st.builds(
    SlotRule,
    name=st.sampled_from(["morning", "noon"]),
    days=st.sampled_from([("mon",), ("mon", "tue")]),
    time=st.sampled_from([time(9, 30).isoformat(), time(12).isoformat()]),
    zone=st.sampled_from(["UTC", "Europe/Madrid"]),
    spread=st.sampled_from([0, 600]),
)
TERMS = st.builds(
    Terms,
    project=st.sampled_from(["orchard", "grove"]),
    slots=st.lists(SLOTS, max_size=1).map(tuple),
    embargo=st.none() | st.just(datetime(2026, 11, 1, tzinfo=UTC)),
)
MANNERS = st.builds(
    Manner,
    count=st.just(lambda text, warning: len(text)),
    links=st.just(urls_in),
    mentions=st.sampled_from(["handles", "names"]),
    numbering=st.sampled_from(["none", "1/5"]),
    replies=st.sampled_from(["", "unlisted"]),
    tags=st.builds(LinkTags, hosts=st.sampled_from([(), ("orchard.example.org",)])),
    language=st.sampled_from(["", "de"]),
)
SECOND = Account(name="second", platform="console", limits=Limits(characters=60))


@dataclass(frozen=True)
class Matter:
    """All that an approval could be about."""

    draft: Draft
    entry: Entry
    account: Account
    person: Person
    terms: Terms
    manner: Manner
    pictures: dict[str, str]

    @property
    def renditions(self) -> list[Rendition]:
        people = {"mara": self.person}
        threads = [render(self.draft, self.entry, one, people, self.manner) for one in (self.account, SECOND)]
        return [frozen(one, lambda path: self.pictures[path]) for one in threads]

    @property
    def digest(self) -> str:
        return digest(manifest(self.entry, self.draft, self.renditions, self.terms))

    @property
    def sent(self) -> list[Any]:
        """What the networks get, as they get it."""
        return [
            [
                (one.account.name, one.account.platform, one.account.server, one.account.handle, one.account.remote_id),
                [(part.text, part.visibility, one.warning, one.language, part.media) for part in one.parts],
                # Of a thread without parts nothing is sent, but it is approved as one that has them.
                (one.warning, one.language),
            ]
            for one in self.renditions
        ]

    @property
    def rules(self) -> list[Any]:
        """What decides when it goes out, and by whose word."""
        entry, late = self.entry, self.entry.late
        return [
            (self.terms, entry.id, entry.wall, entry.zone, entry.slot, entry.when, entry.after),
            (late.policy, late.within if late.policy == "post" else None),
            (self.draft.founder, entry.campaign),
            [
                sorted((one.check, one.words, one.by, one.reason) for one in post.waivers)
                for post in self.draft.posts
                if post.waivers
            ],
            [number for number, post in enumerate(self.draft.posts) if post.waivers],
        ]


MATTERS = st.builds(
    Matter,
    draft=DRAFTS,
    entry=ENTRIES,
    account=ACCOUNTS,
    person=PEOPLE,
    terms=TERMS,
    manner=MANNERS,
    pictures=st.fixed_dictionaries({"a.png": st.sampled_from(["1", "2"]), "b.png": st.sampled_from(["1", "2"])}),
)
_OTHERS = {"draft": DRAFTS, "entry": ENTRIES, "account": ACCOUNTS, "person": PEOPLE, "terms": TERMS, "manner": MANNERS}


FIELDS = [
    (name, field.name)
    for name, kind in (
        ("draft", Draft),
        ("entry", Entry),
        ("account", Account),
        ("person", Person),
        ("terms", Terms),
        ("manner", Manner),
    )
    for field in fields(kind)
]


@st.composite
def mutated(draw: st.DrawFn, name: str, field: str) -> tuple[Matter, Matter]:
    """Something that could be approved, and the same with this field of this value taken from another."""
    matter = draw(MATTERS)
    others = st.lists(_OTHERS[name], min_size=5, max_size=5)
    value = getattr(matter, name)
    other = next((one for one in draw(others) if getattr(one, field) != getattr(value, field)), value)
    return matter, replace(matter, **{name: replace(value, **{field: getattr(other, field)})})


def voids_when_it_must(then: Matter, now: Matter) -> bool:
    return (then.digest == now.digest) == (then.sent == now.sent and then.rules == now.rules)


@pytest.mark.parametrize(("name", "field"), FIELDS)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_a_field_that_is_another_voids_when_it_is_sent_or_decides_and_only_then(
    name: str, field: str, data: st.DataObject
) -> None:
    assert voids_when_it_must(*data.draw(mutated(name, field)))


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@given(data=st.data(), where=st.sampled_from(FIELDS))
@settings(max_examples=50_000, deadline=None)
def test_many_fields_that_are_others_void_when_they_are_sent_or_decide(
    data: st.DataObject, where: tuple[str, str]
) -> None:
    assert voids_when_it_must(*data.draw(mutated(*where)))


@given(MATTERS, MATTERS)
@settings(max_examples=200, deadline=None)
def test_two_approvals_of_different_things_never_have_one_digest(one: Matter, other: Matter) -> None:
    assert voids_when_it_must(one, other)
