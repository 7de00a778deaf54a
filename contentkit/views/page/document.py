"""The page as a whole: what holds for each work, its threads beside each other, how to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from contentkit.calendar.times import show_time
from contentkit.money.prices import NOTHING as NO_COST
from contentkit.money.prices import dollars
from contentkit.views.page.card import audience, card, server_of
from contentkit.views.page.frame import framed
from contentkit.views.page.markup import Html, element
from contentkit.views.page.shown import Page, Work
from contentkit.views.threads import NOTHING, Preview

# Tells a page of ours from any other file.
MARKER = '<meta name="generator" content="contentkit preview">'


def page(shown: Page) -> str:
    """The whole document."""
    title = shown.works[0].title if len(shown.works) == 1 else f"{len(shown.works)} previews"
    head = element("header", element("p", "Preview", class_="kicker"), element("h1", title, dir="auto"))
    works = (_work(work, number, len(shown.works)) for number, work in enumerate(shown.works, 1))
    body = element("body", head, element("main", *works), element("footer", *_colophon(shown), class_="colophon"))
    return framed(title, MARKER, body)


def _work(work: Work, number: int, count: int) -> Html:
    """``number`` is that of the work on the page; where there are several, each has a heading of its own."""
    level = 2 if count == 1 else 3
    threads = [_thread(work, preview, f"thread-{number}-{place}", level) for place, preview in enumerate(work.previews)]
    said = element("h2", work.title, dir="auto") if count > 1 else ""
    return element(
        "section", said, element("dl", *_facts(work), class_="facts"), element("div", *threads, class_="threads"),
        class_="work", aria_label=work.name,
    )  # fmt: skip


def _facts(work: Work) -> Iterator[Html]:
    if work.entry:
        yield _fact("Goes out", _moment(work.entry.at), _zone(work.entry.at))
        if work.entry.after:
            yield _fact("Waits for", work.entry.after)
        if work.entry.paused:
            yield _fact("Paused", "yes", "nothing goes out until that is taken away")
    else:
        yield _fact("Goes out", "not on the calendar yet")
    yield _fact("Approval", work.approval)
    if work.findings:
        yield _fact("Still to mend", work.findings)
    if costs := [preview.cost.total for preview in work.previews if preview.cost]:
        yield _fact("Price", dollars(sum(costs, NO_COST)))
    if work.version:
        yield _fact("Version", element("code", work.version), "name it when you answer")


def _fact(name: str, words: str, more: str = "") -> Html:
    small = element("small", more) if more else ""
    return element("div", element("dt", name), element("dd", words, small))


def _moment(at: datetime) -> Html:
    day, clock, zone = show_time(at).rsplit(" ", 2)
    return element("time", f"{day} {at.year}, {clock} {zone}", datetime=at.isoformat())


def _zone(at: datetime) -> str:
    return str(getattr(at.tzinfo, "key", ""))


def _thread(work: Work, preview: Preview, name: str, level: int) -> Html:
    places = range(len(preview.rendition.parts))
    items = [element("li", card(preview, index, work.quotes, f"h{level + 1}")) for index in places]
    network = preview.rendition.account.platform.title()
    title = " · ".join(dict.fromkeys((network, server_of(preview))))
    return element(
        "section",
        element(f"h{level}", title, id=name),
        element("p", " · ".join(_about(preview)), class_="about"),
        element("ol", *items, class_="parts", role="list") if items else element("p", NOTHING),
        class_="thread",
        aria_labelledby=name,
    )


def _about(preview: Preview) -> Iterator[str]:
    rendition = preview.rendition
    yield rendition.account.name
    yield f"{len(rendition.parts)} part{'' if len(rendition.parts) == 1 else 's'}"
    others = dict.fromkeys(part.visibility for part in rendition.parts[1:] if part.visibility != rendition.visibility)
    yield ", the rest ".join(map(audience, (rendition.visibility, *others)))
    if rendition.language:
        yield rendition.language
    if rendition.warning and not preview.warning:
        yield "without the content warning, which this network does not have"
    if preview.cost:
        yield dollars(preview.cost.total)


def _colophon(shown: Page) -> Iterator[Html]:
    yield element(
        "p", "Made ", _moment(shown.made), f" by {shown.maker}. It shows what will be published, and changes nothing."
    )
    for work in shown.works:
        if not work.digest:
            continue
        bound = "every word, picture, account and the time" if work.entry else "every word and picture shown here"
        yield element(
            "p", f"{work.name} is version ", element("code", work.digest),
            f". It stands for {bound}: if one of them changes, so does the version.",
        )  # fmt: skip
