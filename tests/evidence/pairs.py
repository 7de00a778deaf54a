"""Pairs of posts on one source: a faithful one, and the same with one thing wrong.

A folder of pairs has TOML files, and the sources that they name by their path from that folder:

    source = "sources/call.md"
    language = "en"            # of the posts: en or es
    founder = "Lena Hartog"    # whose thread it is, where it is a person's

    [[pair]]
    id = "call-01"
    kind = "number"
    lines = "L12-L14; L20"
    clean = "Builds take 9 minutes now."
    corrupted = "Builds take 9 seconds now."
    why = "the source says 9 minutes"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contentkit.errors import ContentError
from contentkit.models import Draft, Evidence, FounderSettings, Person, Post, Source
from contentkit.sources import read_source
from contentkit.strict_yaml import nearest

# Numbers, places in time, names and words, claims.
KINDS = (
    *("number", "unit", "points", "range", "rounding"),
    *("date", "relative-date", "version"),
    *("name", "speaker", "quotation", "url", "mention"),
    *("superlative", "negation", "hedge", "comparison", "cause", "scope"),
)
LANGUAGES = ("en", "es")
_FILE_KEYS = ("source", "language", "founder", "pair")
_PAIR_KEYS = ("id", "kind", "lines", "clean", "corrupted", "why")
_HEADER = re.compile(r"\s*\[\[\s*pair\s*\]\]")
_LINES = re.compile(r"L(?P<first>[1-9]\d{0,5})(?:-L(?P<last>[1-9]\d{0,5}))?")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A faithful post and a corrupted one, which rest on the same lines of the same source.

    ``founder`` is whose thread it is, empty where it is nobody's; ``why`` says what is wrong with the corrupted one;
    ``place`` is ``call.toml:7``.
    """

    id: str
    kind: str
    language: str
    founder: str
    source: Source
    cited: tuple[Evidence, ...]
    clean: str
    corrupted: str
    why: str
    place: str

    def draft(self, text: str) -> Draft:
        """A draft of one post with this text, as a drafter would have left it: it cites the lines with their hash."""
        post = Post(text=text, evidence=self.cited, line=1)
        return Draft(
            slug=self.id,
            path=f"drafts/{self.id}.md",
            posts=(post,),
            sources=(self.source.path,),
            language=self.language,
            founder=self.founder,
        )

    @property
    def sources(self) -> dict[str, Source]:
        return {self.source.path: self.source}

    @property
    def people(self) -> dict[str, Person]:
        """people.yaml, which knows the founder and nobody else."""
        person = Person(name=self.founder, display=self.founder, handles={}, founder=FounderSettings())
        return {self.founder: person} if self.founder else {}


def pairs_in(folder: Path) -> list[Pair]:
    """The pairs of this folder, in the order of its files. Raises ContentError with the file, the line and the id."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ContentError(f"{folder}: no pairs are here", hint="name a folder with TOML files of pairs in it")
    sources: dict[str, Source] = {}
    pairs = [pair for path in files for pair in _pairs_of(path, sources)]
    places: dict[str, str] = {}
    for pair in pairs:
        if pair.id in places:
            raise ContentError(
                f"{pair.place}: '{pair.id}' is the id of {places[pair.id]} too", hint="give each pair an id of its own"
            )
        places[pair.id] = pair.place
    return pairs


def _pairs_of(path: Path, sources: dict[str, Source]) -> Iterator[Pair]:
    """The pairs of one file; ``sources`` are those that were read already, and get what is read here."""
    text = path.read_text(encoding="utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name}: {error}", hint="TOML could not be read from here on") from None
    _refuse_others(values, _FILE_KEYS, path.name)
    name = _text(values, "source", path.name)
    language = _one_of(_text(values, "language", path.name), LANGUAGES, "language", path.name)
    if name not in sources:
        sources[name] = _source(path.parent / name, name, path.name)
    founder = _text(values, "founder", path.name) if values.get("founder") else ""
    opened = [number for number, line in enumerate(text.split("\n"), 1) if _HEADER.match(line)]
    for number, given in zip(opened, values.get("pair", ()), strict=True):
        yield _pair(given, f"{path.name}:{number}", language=language, founder=founder, source=sources[name])


def _source(path: Path, name: str, place: str) -> Source:
    """The source as a project would read it."""
    if not path.is_file():
        raise ContentError(f"{place}: there is no {name}", hint="'source' is a path from the folder of this file")
    return read_source(path, name)


def _pair(given: Mapping[str, Any], place: str, *, language: str, founder: str, source: Source) -> Pair:
    where = f"{place}: {given.get('id', 'a pair without an id')}"
    _refuse_others(given, _PAIR_KEYS, where)
    said = {key: _text(given, key, where).strip() for key in _PAIR_KEYS}
    if said["clean"] == said["corrupted"]:
        raise ContentError(f"{where}: both posts say the same", hint="make one thing of the corrupted one wrong")
    return Pair(
        id=said["id"],
        kind=_one_of(said["kind"], KINDS, "kind", where),
        language=language,
        founder=founder,
        source=source,
        cited=tuple(_evidence(lines.strip(), source, where) for lines in said["lines"].split(";")),
        clean=said["clean"],
        corrupted=said["corrupted"],
        why=said["why"],
        place=place,
    )


def _evidence(lines: str, source: Source, where: str) -> Evidence:
    """The evidence for ``L12-L14``, with the hash of what stands there."""
    match = _LINES.fullmatch(lines)
    if not match:
        raise ContentError(f"{where}: '{lines}' are no lines", hint="write L12, L12-L14 or L3; L9-L10")
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not first <= last <= len(source.lines):
        raise ContentError(f"{where}: {source.path} has no {lines}", hint=f"it has {len(source.lines)} lines")
    if not source.quoted(first, last).strip():
        raise ContentError(f"{where}: {lines} of {source.path} say nothing", hint="cite the lines that carry the post")
    return source.evidence(first, last)


def _text(values: Mapping[str, Any], key: str, where: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ContentError(f"{where}: '{key}' must be text", hint=f'write {key} = "…"')
    return value


def _one_of(word: str, known: tuple[str, ...], key: str, where: str) -> str:
    if word not in known:
        raise ContentError(f"{where}: no {key} '{word}'", hint=nearest(word, known))
    return word


def _refuse_others(values: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise ContentError(f"{where}: no key '{key}'", hint=nearest(key, known))
