"""One part of a thread as a card, and what its post rests on."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from contentkit.errors import ContentError
from contentkit.media import MediaFile
from contentkit.models import Evidence, Media, Part
from contentkit.views.marks import Mark, pieces_of
from contentkit.views.page.markup import Html, element, joined
from contentkit.views.page.shown import Quote
from contentkit.views.pictures import facts_of, kind_of, why_unfit
from contentkit.views.threads import Preview
from contentkit.words.shared_words import Span, Vocabulary, shared
from contentkit.words.shingles import words_of

_AUDIENCES = {
    "unlisted": "unlisted (not in public timelines)",
    "private": "for followers only",
    "direct": "for those mentioned only",
}
_ADDRESSES = ("http://", "https://")


def card(preview: Preview, index: int, quotes: Mapping[Evidence, Quote], level: str) -> Html:
    """The part at this index as its readers get it; below, what they do not see. ``level`` is the name of its heading."""
    part = preview.rendition.parts[index]
    content = joined(_content(preview, part))
    if preview.warning:
        summary = element("summary", element("b", "Content warning: "), element("span", preview.warning, dir="auto"))
        # Open, for whoever has to read every word; closed it is what readers see first.
        content = element("details", summary, content, class_="warning", open="")
    place = element(level, f"Part {index + 1} of {len(preview.rendition.parts)}")
    return element(
        "article",
        element("header", element("div", *_author(preview)), place, class_="head"),
        content,
        element("footer", *_foot(preview, index), *_grounds(preview, index, quotes), class_="foot"),
        class_="card wrong" if preview.is_too_long(part) else "card",
    )


def _author(preview: Preview) -> Iterator[Html]:
    account = preview.rendition.account
    yield element("b", f"@{account.handle}" if account.handle else account.name, dir="auto")
    yield element("span", server_of(preview))


def server_of(preview: Preview) -> str:
    """The account's server as people say it, else its network."""
    account = preview.rendition.account
    return account.server.partition("://")[2].strip("/") or account.platform.title()


def audience(visibility: str) -> str:
    """Who sees it, for people who do not know the networks' words."""
    return _AUDIENCES.get(visibility, visibility)


def _content(preview: Preview, part: Part) -> Iterator[Html]:
    """The text and the pictures. The language of a text that says none is unknown, which is not the page's own."""
    language = preview.rendition.language
    if part.text:
        pieces = (_piece(words, mark) for words, mark in pieces_of(part.text, preview.marks(part)))
        yield element("div", *pieces, class_="text", lang=language, dir="auto")
    for media in part.media:
        yield _picture(preview, media, language)


def _piece(words: str, mark: Mark | None) -> str:
    if mark is None:
        return words
    if mark.kind != "link":
        return element("span", words, class_="name-of")
    if mark.words.lower().startswith(_ADDRESSES):
        return element("a", mark.shown, href=mark.words, rel="noopener noreferrer")
    return element("span", mark.shown, class_="bare")


def _picture(preview: Preview, media: Media, language: str) -> Html:
    """The bytes that will be sent, within the page; of a film what is known of it."""
    picture = preview.pictures.get(media.path)
    shown: list[str] = []
    if isinstance(picture, MediaFile) and picture.kind == "video":
        shown.append(element("p", element("b", kind_of(picture).capitalize()), f" {media.path} ({facts_of(picture)})"))
    elif isinstance(picture, MediaFile):
        data = f"data:{picture.mime};base64,{b64encode(picture.data).decode()}"
        size = {"width": str(picture.width), "height": str(picture.height)}
        shown.append(element("img", src=data, alt=media.alt.strip(), **size))
    elif isinstance(picture, ContentError):
        shown.append(element("p", f"{media.path} cannot be sent: {why_unfit(media, picture)}", class_="alarm"))
    alt = media.alt.strip()
    words = element("span", alt, lang=language, dir="auto") if alt else element("span", "none", class_="alarm")
    caption = element("figcaption", element("span", "Alt text:", class_="label"), " ", words)
    return element("figure", *shown, caption, class_="picture")


def _foot(preview: Preview, index: int) -> Iterator[Html]:
    part = preview.rendition.parts[index]
    yield element("span", preview.length(part), class_="alarm" if preview.is_too_long(part) else None)
    for remark in preview.remarks(index):
        yield element("span", remark)
    marks = {mark.words: mark for mark in preview.marks(part)}.values()
    for mark in marks:
        if mark.is_bare:
            yield element("p", element("b", mark.words), " will be a link")
        elif mark.is_cut:
            yield element("p", f"Leads to {mark.words}", dir="ltr")


def _grounds(preview: Preview, index: int, quotes: Mapping[Evidence, Quote]) -> Iterator[Html]:
    """What a post rests on, once, where it begins: closed at first, because it is not published."""
    parts = preview.rendition.parts
    if index and parts[index - 1].post == parts[index].post:
        return
    post = preview.posts[parts[index].post]
    found = [quotes[one] for one in post.evidence]
    if not found:
        yield element("p", "Rests on no source")
        return
    places = found[0].place if len(found) == 1 else f"{len(found)} places in the sources"
    said = (_quote(one, post.text) for one in found)
    is_marked = any(_shared(words, post.text) for one in found for words in one.words)
    legend = element("p", "Underlined: words that the post has, too.") if is_marked else ""
    yield element("details", element("summary", f"Rests on {places}"), *said, legend)


def _quote(quote: Quote, text: str) -> Html:
    paragraphs = (element("p", *_marked(words, _shared(words, text)), dir="auto") for words in quote.words)
    said = element("blockquote", *paragraphs) if quote.words else ""
    return element("figure", said, element("figcaption", quote.place + (f": {quote.why}" if quote.why else "")))


def _shared(words: str, text: str) -> list[Span]:
    return shared(words, words_of(words), Vocabulary.of([words_of(text)]))


def _marked(words: str, spans: Sequence[Span]) -> Iterator[str]:
    """The words in order, those that the post has marked as such."""
    end = 0
    for start, stop in spans:
        yield words[end:start]
        yield element("mark", words[start:stop])
        end = stop
    yield words[end:]
