"""``people.yaml``: who may be named in a post and how, and what holds for drafts in their name."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Literal

from contentkit import strict_yaml
from contentkit.files import read_text
from contentkit.languages import CODE_HINT, is_language
from contentkit.models import FounderSettings, Person
from contentkit.patterns import regex
from contentkit.text import one_line

PEOPLE_NAME = "people.yaml"
VOICES = "voices"
_UNFIT = regex(r"[^\w.-]+")
FOUNDER_KEYS = ("voice", "posts", "accounts", "approvers")
# What a handle may be is for its network to say; a line's end, a space or an address is none anywhere.
_HANDLE = regex(r"@?(?!https?:)[^\s@{}]+(?:@[^\s@{}]+)?", re.I)

_NO_NAME = regex(r"://|\bwww\.|[@＠#＃]", re.I)
# Persian and the scripts of India write names with them.
_JOINERS = {0x200C: None, 0x200D: None}


def load_people(root: Path, accounts: Collection[str] | None = None) -> dict[str, Person]:
    """The people who may be named, by their key; nobody when there is no such file. Raises ContentError.

    ``accounts`` are those of the project; without them (None) a founder's are not held against any.
    """
    path = root / PEOPLE_NAME
    return parse_people(read_text(path, PEOPLE_NAME), PEOPLE_NAME, accounts) if path.exists() else {}


def parse_people(text: str, name: str, accounts: Collection[str] | None = None) -> dict[str, Person]:
    """The people this YAML names, as ``load_people`` has them. Raises ContentError with ``name:line:column``."""
    root = strict_yaml.parse(text, name)
    if root is None:
        return {}
    values = strict_yaml.mapping(root, ("version", "people"), "this file")
    strict_yaml.check_version(values, root)
    if "people" not in values:
        return {}
    node = values["people"]
    if node.kind != "mapping":
        raise node.error("people must be a mapping of short names to people", "write it as 'ana: {name: Ana Torres}'")
    people = {key: _person(key, value, node.values, accounts) for key, value in node.values.items()}
    _refuse_shared(people, node)
    return people


def places_of(person: Person) -> tuple[str, str]:
    """Where this person's card and posts lie, from the project's root."""
    settings = person.founder
    # A key may hold what leads elsewhere, or steers a terminal.
    name = _UNFIT.sub("-", person.name)
    card = (settings and settings.voice) or f"{VOICES}/{name}.yaml"
    return card, (settings and settings.posts) or f"{VOICES}/{name}.posts.jsonl"


def _refuse_shared(people: dict[str, Person], node: strict_yaml.Node) -> None:
    """Raises ContentError where two people's cards or posts would lie in one file: learning one would replace the other."""
    taken: dict[str, str] = {}
    for key, person in people.items():
        for place in places_of(person):
            other = taken.setdefault(place, key)
            # Keys that differ in spaces only are no fault where nobody drafts in their names.
            if other != key and (person.founder or people[other].founder):
                raise node.values[key].error(
                    f"'{one_line(key, 60)}' would share {place} with '{one_line(other, 60)}'",
                    "name another file for one of them",
                )


def _person(key: str, node: strict_yaml.Node, people: Collection[str], accounts: Collection[str] | None) -> Person:
    values = strict_yaml.mapping(node, ("name", "consent", "handles", "languages", "founder"), f"'{key}'")
    return Person(
        name=key,
        display=_display(values["name"]) if "name" in values else _fit(key, node),
        handles=_handles(values["handles"]) if "handles" in values else {},
        consent=_consent(values["consent"]) if "consent" in values else "name",
        languages=_languages(values["languages"]) if "languages" in values else (),
        founder=_founder(values["founder"], people, accounts) if "founder" in values else None,
        line=values["handles"].line if "handles" in values else node.line,
    )


def _display(node: strict_yaml.Node) -> str:
    return _fit(strict_yaml.text(node, "name"), node)


def _fit(name: str, node: strict_yaml.Node) -> str:
    """This name, which comes into posts as it is, behind the back of what checks their links and mentions."""
    bare = name.translate(_JOINERS)
    if not bare.strip() or not bare.isprintable() or _NO_NAME.search(bare):
        raise node.error(
            f"'{one_line(name, 60)}' is no name", "write it on one line, without links and without '@' or '#'"
        )
    return name


def _handles(node: strict_yaml.Node) -> dict[str, str]:
    if node.kind != "mapping":
        raise node.error("handles must map a platform to a handle", "write it as {mastodon: '@ana@example.org'}")
    return {platform: _handle(handle) for platform, handle in node.values.items()}


def _handle(node: strict_yaml.Node) -> str:
    handle = strict_yaml.text(node, "a handle")
    if not _HANDLE.fullmatch(handle) or not handle.isprintable():
        raise node.error(f"'{handle}' is no handle", "write it as '@ana', or with its server as '@ana@example.org'")
    return handle


def _founder(node: strict_yaml.Node, people: Collection[str], accounts: Collection[str] | None) -> FounderSettings:
    values = strict_yaml.mapping(node, FOUNDER_KEYS, "founder")
    return FounderSettings(
        voice=_file(values["voice"], "voice", ".yaml") if "voice" in values else "",
        posts=_file(values["posts"], "posts", ".jsonl") if "posts" in values else "",
        accounts=_known(values["accounts"], "account", accounts) if "accounts" in values else (),
        approvers=_known(values["approvers"], "person", people) if "approvers" in values else (),
    )


def _file(node: strict_yaml.Node, key: str, ending: str) -> str:
    """A path from the project's root that stays within it: what lies elsewhere is on nobody else's machine."""
    path = strict_yaml.text(node, key)
    parts = PurePosixPath(path).parts
    # At the top lie the files that contentkit itself keeps.
    leads_out = len(parts) < 2 or parts[0] in ("/", "~") or ".." in parts or "\\" in path or ":" in path
    if leads_out or not path.isprintable() or not path.endswith(ending):
        raise node.error(
            f"'{one_line(path, 60)}' is no place for {key}",
            f"name a file in a folder of this project, as in voices/ana{ending}",
        )
    return PurePosixPath(path).as_posix()


def _known(node: strict_yaml.Node, what: str, known: Collection[str] | None) -> tuple[str, ...]:
    names = strict_yaml.texts(node, f"{what} names")
    for item, name in zip(node.items or (node,), names, strict=False):
        if known is not None and name not in known:
            raise item.error(f"there is no {what} '{one_line(name, 60)}'", strict_yaml.nearest(name, known))
    return tuple(dict.fromkeys(names))


def _languages(node: strict_yaml.Node) -> tuple[str, ...]:
    codes = strict_yaml.texts(node, "languages")
    for item, code in zip(node.items or (node,), codes, strict=False):
        if not is_language(code):
            raise item.error(f"'{code}' is not the code of a language", CODE_HINT)
    return tuple(codes)


def _consent(node: strict_yaml.Node) -> Literal["mention", "name", "never"]:
    match strict_yaml.text(node, "consent"):
        case "mention":
            return "mention"
        case "name" | "name only":
            return "name"
        case "never":
            return "never"
        case other:
            raise node.error(f"no consent '{other}'", strict_yaml.nearest(other, ("mention", "name only", "never")))
