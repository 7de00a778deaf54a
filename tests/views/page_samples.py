"""A page about an invented project, to look at from all sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from contentkit.media import MediaFile
from contentkit.models import Account, Entry, Evidence, Limits, Media, Part, Post, Rendition
from contentkit.money.prices import Prices, cost_of
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X
from contentkit.views.page import Page, Quote, Work
from contentkit.views.threads import Preview
from tests.media import pictures

EVIDENCE = Evidence(source="notes/call.md", first=3, last=5, sha="3f9a61c2")
LINK = "https://www.example.org/grebe/2026/how-we-restore-in-six-minutes/?utm_source=social"
TEXTS = ("Restoring takes 6 minutes now.\n\n  It took 51.", f"How, and why: {LINK} with @odile and #Databases")
CHART = Media(path="drafts/images/chart.png", alt="Two bars: 51 minutes, and 6 minutes")
PICTURE = MediaFile(path=CHART.path, kind="image", mime="image/png", data=pictures.png(1), width=24, height=40)
POSTS = (Post(text=TEXTS[0], evidence=(EVIDENCE,), media=(CHART,)), Post(text=TEXTS[1]))
OURS = Account(name="ours", platform="mastodon", server="https://social.example", handle="grebe")
OURS_X = Account(name="ours-x", platform="x", handle="grebe_restores", limits=Limits(characters=280))
PARTS = (
    Part(post=0, text=TEXTS[0], length=45, media=(CHART,)),
    Part(post=1, text=TEXTS[1], length=70, visibility="unlisted"),
)
ENTRY = Entry(
    id="grebe-2",
    draft="drafts/grebe-2.md",
    at=datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("America/Mexico_City")),
    accounts=("ours", "ours-x"),
)
DIGEST = "sha256:" + "9f2c41ab07d3" + "0" * 52
PREVIEW = Preview(
    rendition=Rendition(account=OURS, parts=PARTS, visibility="public", warning="", language="en"),
    posts=POSTS,
    platform=Mastodon(),
    entry=ENTRY,
    pictures={CHART.path: PICTURE},
)
ON_X = replace(
    PREVIEW,
    platform=X(),
    rendition=replace(
        PREVIEW.rendition, account=OURS_X, parts=tuple(replace(part, visibility="public") for part in PARTS)
    ),
)
PRICES = Prices(create=Decimal("0.015"), create_with_link=Decimal("0.200"), media_metadata=Decimal("0.005"))
ON_X = replace(ON_X, cost=cost_of(ON_X.rendition, PRICES, X().links))
WORK = Work(
    name="grebe-2",
    title="Grebe 2: from 51 minutes to 6",
    entry=ENTRY,
    previews=(PREVIEW, ON_X),
    digest=DIGEST,
    approval="not approved yet",
    quotes={EVIDENCE: Quote(place="notes/call.md, lines 3 to 5", words=("Odile: We restore in six minutes.",))},
)
PAGE = Page(works=(WORK,), made=datetime(2026, 11, 22, 11, 20, tzinfo=UTC), maker="contentkit 0.1.0")


def with_text(text: str) -> Page:
    """The page of one post that says this."""
    part = Part(post=0, text=text, length=len(text))
    one = replace(PREVIEW, rendition=replace(PREVIEW.rendition, parts=(part,)))
    return replace(PAGE, works=(replace(WORK, previews=(one,)),))


def with_preview(preview: Preview) -> Page:
    return replace(PAGE, works=(replace(WORK, previews=(preview,)),))
