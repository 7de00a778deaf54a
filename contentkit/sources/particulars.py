"""What a front matter says of a source, under all the names that site generators, exports and mails have for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from contentkit.patterns import regex
from contentkit.sources.foreign_yaml import Value
from contentkit.sources.front_matter import FrontMatter

TITLE = ("title", "subject", "headline")
DESCRIPTION = (
    "description", "excerpt", "summary", "subtitle", "spoiler", "tldr", "abstract", "lead", "dek", "meta_description",
)  # fmt: skip
LANGUAGE = ("language", "lang", "locale")
_DAY = (
    "date", "published", "publishdate", "publish_date", "publish date", "pubdate", "published_at", "publishedat",
    "date_published", "datepublished", "created", "created_at", "created time", "sent",
)  # fmt: skip
_AUTHOR = ("author", "authors", "byline", "by", "creator", "created by", "from")
_TAGS = ("tags", "tag", "keywords")
# A blog that has no tags sorts its posts into these, and into what says only that it is a blog.
_CATEGORIES = ("categories", "category")
_NO_TOPICS = frozenset({
    "article", "articles", "blog", "blog post", "blog posts", "general", "news", "post", "posts", "uncategorized",
    "update", "updates",
})  # fmt: skip
_ADDRESSES = (
    "canonical", "canonical_url", "canonicalurl", "canonical-url", "canonical_link", "canonicallink", "original_url",
    "url", "permalink", "link",
)  # fmt: skip
_IMAGES = (
    "image", "images", "cover", "cover_image", "coverimage", "featured_image", "featuredimage", "feature_image",
    "featureimage", "featured", "hero_image", "heroimage", "overlay_image", "banner", "teaser", "thumbnail",
    "og_image", "ogimage", "social_image", "socialimage",
)  # fmt: skip
_PATHS = ("src", "path", "image", "url", "feature", "file", "teaser", "thumbnail")
_ALTS = ("alt", "alt_text", "alttext", "image_alt", "image-alt", "image_description")
_PICTURES = regex(r"cover|feature|thumbnail|banner|hero|header", re.IGNORECASE)
_LINK = regex(r"\[([^\[\]]{1,200})\]\([^()]{0,500}\)")
_ABSOLUTE = regex(r"^https?://[^\s/]+\S*$", re.IGNORECASE)
_DATE = regex(r"^(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
_MONTH = r"(?P<month>[a-zA-Z]{3,10})\.?"
_WORDED = (
    regex(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:de |of )?{_MONTH},? (?:de |del )?(?P<year>\d{{4}})\b"),
    regex(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"),
)
_MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8,
    "sep": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip


def written_on(front: FrontMatter, name: str) -> date | None:
    """The day of a source: from its front matter, else from a file name that starts with it, else None."""
    for value in [*(front.values.get(key) for key in _DAY), name.rsplit("/", 1)[-1]]:
        day = _day(value)
        if day:
            return day
    return None


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = " ".join(value[:60].split()) if isinstance(value, str) else ""
    match = _DATE.match(words) or next((found for form in _WORDED if (found := form.search(words))), None)
    month = _month(match["month"]) if match else 0
    try:
        return date(int(match["year"]), month, int(match["day"])) if match and month else None
    except ValueError:
        return None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS.get(words[:3].lower(), 0)


def tags_of(front: FrontMatter) -> tuple[str, ...]:
    """The tags: a list, or one text with commas; Zola keeps them under ``taxonomies``. Without them, the categories."""
    taxonomies = front.values.get("taxonomies")
    nested = [taxonomies.get("tags")] if isinstance(taxonomies, dict) else []
    for value in (*map(front.values.get, _TAGS), *nested):
        if tags := _words(value):
            return tags
    topics = [topic for key in _CATEGORIES for topic in _words(front.values.get(key))]
    return tuple(topic for topic in topics if topic.lower().replace("-", " ") not in _NO_TOPICS)


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    words = [" ".join(item.split()) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return tuple(dict.fromkeys(word for word in words if word))


def authors_of(front: FrontMatter) -> str:
    """Who wrote it: a text, a list of texts, or mappings with a ``name``."""
    for key in _AUTHOR:
        value = front.values.get(key)
        names = [name for item in (value if isinstance(value, list) else [value]) if (name := _name(item))]
        if names:
            return ", ".join(names)
    return ""


def _name(item: Value) -> str:
    """The name of an author; a mail's sender without the address."""
    if isinstance(item, dict):
        item = item.get("name", "")
    if isinstance(item, dict):
        item = f"{_name(item.get('given', ''))} {_name(item.get('family', ''))}"
    words = _LINK.sub(r"\1", " ".join(item.split())) if isinstance(item, str) else ""
    return (words.partition(" <")[0] if words.endswith(">") else words).strip('" ')


def addresses_of(front: FrontMatter) -> tuple[str, str]:
    """The absolute address of a post and its path on its site; either may be empty."""
    link = next((value for key in _ADDRESSES if _ABSOLUTE.match(value := front.text(key))), "")
    paths = (front.text("url"), front.text("permalink"))
    return link, next(
        (path for path in paths if path.startswith("/") and not path.startswith("//") and ":" not in path), ""
    )


def image_of(front: FrontMatter) -> tuple[str, str, str]:
    """The picture of a post as (key, path, alt text); empty when it has none."""
    for key in _IMAGES:
        beside = front.text(f"{key}_alt", f"{key}-alt", f"{key}alt", *_ALTS[3:])
        for path, alt in _pictures(front.values.get(key)):
            return key, path, alt or beside
    for path, alt in _resources(front.values.get("resources")):
        return "resources", path, alt
    return "", "", ""


def _pictures(value: Value) -> Iterator[tuple[str, str]]:
    """(path, alt text) of a path, a mapping, or a list of them."""
    if isinstance(value, str) and value.strip():
        yield value.strip(), ""
    elif isinstance(value, dict):
        texts = {key.lower(): " ".join(text.split()) for key, text in value.items() if isinstance(text, str)}
        path = next((texts[key] for key in _PATHS if texts.get(key)), "")
        if path:
            yield path, next((texts[key] for key in _ALTS if texts.get(key)), "")
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _pictures(item)


def _resources(value: Value) -> Iterator[tuple[str, str]]:
    """The cover among the files of a Hugo bundle."""
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and _PICTURES.search(f"{item.get('name', '')} {item.get('title', '')}"):
            params = item.get("params")
            yield from _pictures({**(params if isinstance(params, dict) else {}), "src": item.get("src", "")})
