"""The project's own files: ``contentkit.toml`` and ``people.yaml``. Strict, with the place of what is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from contentkit import strict_yaml
from contentkit.drafts import read_text
from contentkit.errors import ContentError
from contentkit.models import VISIBILITIES, Account, Limits, Person

CONFIG_NAME = "contentkit.toml"
CALENDAR_NAME = "calendar.yaml"
PEOPLE_NAME = "people.yaml"
_NAME = re.compile(r"^[a-z0-9][a-z0-9._-]{0,63}$")
_DURATION = re.compile(r"^(\d+)\s*(s|m|h|d)$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, kw_only=True)
class DrafterSettings:
    """Which drafter writes, and for a model: where it is, what it is called, which environment variable holds its key."""

    name: str = "extractive"
    base_url: str = ""
    model: str = ""
    key_variable: str = ""
    timeout: timedelta = timedelta(seconds=120)
    retries: int = 2


@dataclass(frozen=True, kw_only=True)
class Config:
    """What ``contentkit.toml`` says. ``project`` names the state folder, so that two clones on one machine share one journal.

    ``site`` is the address that a post's own relative address belongs to. ``settle`` is how long a post that may
    have been published is looked for before a person is asked.
    """

    project: str
    accounts: Mapping[str, Account] = field(default_factory=dict)
    drafter: DrafterSettings = field(default_factory=DrafterSettings)
    site: str = ""
    settle: timedelta = timedelta(minutes=5)


def find_root(start: Path) -> Path | None:
    """The folder at or above ``start`` that holds ``contentkit.toml``, or None."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    return None


def load_config(root: Path) -> Config:
    """The project's settings. Raises ContentError with ``contentkit.toml:line``."""
    text = read_text(root / CONFIG_NAME, CONFIG_NAME)
    return parse_config(text, CONFIG_NAME)


def parse_config(text: str, name: str) -> Config:
    """The settings this TOML holds. Raises ContentError with ``name:line``."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"{name}:{line.group(1)}" if line else name
        raise ContentError(
            f"{place}: {re.sub(r' [(]at .*', '', str(error))}", hint="TOML could not be read from here on"
        ) from None
    reader = _Toml(text, name)
    reader.known(values, ("version", "project", "site", "drafter", "publishing", "accounts"), ())
    if values.get("version") != 1:
        raise reader.error(("version",), "the version must be 1", "add a first line 'version = 1'")
    publishing = reader.table(values, "publishing", ("settle",))
    return Config(
        project=_project(reader, values),
        site=_address(reader, values, ("site",)).rstrip("/"),
        drafter=_drafter(
            reader, reader.table(values, "drafter", ("name", "base_url", "model", "key", "timeout", "retries"))
        ),
        settle=reader.duration(publishing, ("publishing", "settle"), timedelta(minutes=5)),
        accounts={key: _account(reader, key, value) for key, value in reader.table(values, "accounts", None).items()},
    )


class _Toml:
    """Typed reading of parsed TOML. tomllib gives no positions, so the line of a key is found by its words."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name

    def line(self, path: tuple[str, ...]) -> int:
        *tables, key = path
        inside = not tables
        header = re.compile(
            r"^\s*\[\s*" + r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in tables) + r"\s*\]"
        )
        assignment = re.compile(rf"(?:^|[{{,])\s*[\"']?{re.escape(key)}[\"']?\s*=")
        as_header = re.compile(r"^\s*\[.*[\"'.\[]?" + re.escape(key) + r"[\"']?\s*[\].]")
        for number, line in enumerate(self.text.split("\n"), 1):
            if re.match(r"^\s*\[", line):
                inside = bool(tables and header.match(line))
            if (inside and assignment.search(line)) or (not line.lstrip().startswith("#") and as_header.match(line)):
                return number
        return self.line(tuple(tables)) if tables else 1

    def error(self, path: tuple[str, ...], message: str, hint: str = "") -> ContentError:
        return ContentError(f"{self.name}:{self.line(path)}: {message}", hint=hint)

    def known(self, values: Mapping[str, Any], known: tuple[str, ...], path: tuple[str, ...]) -> None:
        for key in values:
            if key not in known:
                where = f"[{'.'.join(path)}]" if path else "this file"
                raise self.error((*path, key), f"{where} has no key '{key}'", strict_yaml.nearest(key, known))

    def table(self, values: Mapping[str, Any], key: str, known: tuple[str, ...] | None) -> Mapping[str, Any]:
        value = values.get(key, {})
        if not isinstance(value, dict):
            raise self.error((key,), f"'{key}' must be a table", f"write [{key}] on a line of its own")
        if known is not None:
            self.known(value, known, (key,))
        return value

    def text_of(self, values: Mapping[str, Any], path: tuple[str, ...], default: str = "") -> str:
        value = values.get(path[-1], default)
        if not isinstance(value, str):
            raise self.error(path, f"'{path[-1]}' must be text in quotes")
        return value

    def number(self, values: Mapping[str, Any], path: tuple[str, ...], default: int, least: int = 0) -> int:
        value = values.get(path[-1], default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error(path, f"'{path[-1]}' must be a whole number from {least} on")
        return value

    def duration(self, values: Mapping[str, Any], path: tuple[str, ...], default: timedelta) -> timedelta:
        words = self.text_of(values, path)
        match = _DURATION.match(words)
        if not words:
            return default
        if not match:
            raise self.error(path, f"'{words}' is not a length of time", "write it as 90s, 5m, 6h or 2d")
        return timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})


def _project(reader: _Toml, values: Mapping[str, Any]) -> str:
    name = reader.text_of(values, ("project",))
    if not _NAME.match(name):
        raise reader.error(
            ("project",), "the project has no usable name", 'add project = "my-project": small letters, digits, hyphens'
        )
    return name


def _address(reader: _Toml, values: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """An http(s) address or nothing; plain http only to this machine, where nobody can listen in."""
    address = reader.text_of(values, path)
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise reader.error(path, f"'{address}' is not an http(s) address", "write it as https://example.org")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise reader.error(path, f"'{address}' is not encrypted", "use https")
    return address


def _drafter(reader: _Toml, values: Mapping[str, Any]) -> DrafterSettings:
    key = reader.text_of(values, ("drafter", "key"))
    if key and not re.match(r"^[A-Za-z_][A-Za-z0-9_]*$", key):
        raise reader.error(
            ("drafter", "key"),
            "'key' names the environment variable that holds the key, never the key itself",
            'as in key = "OPENAI_API_KEY"',
        )
    return DrafterSettings(
        name=reader.text_of(values, ("drafter", "name"), "extractive"),
        base_url=_address(reader, values, ("drafter", "base_url")),
        model=reader.text_of(values, ("drafter", "model")),
        key_variable=key,
        timeout=reader.duration(values, ("drafter", "timeout"), timedelta(seconds=120)),
        retries=reader.number(values, ("drafter", "retries"), 2),
    )


def _account(reader: _Toml, name: str, values: object) -> Account:
    path = ("accounts", name)
    if not _NAME.match(name):
        raise reader.error(path, f"'{name}' is no name for an account", "use small letters, digits, hyphens")
    if not isinstance(values, dict):
        raise reader.error(path, "an account must be a table", f"write [accounts.{name}] on a line of its own")
    reader.known(values, ("platform", "server", "handle", "id", "visibility", "language", "limits"), path)
    platform = reader.text_of(values, (*path, "platform"))
    if not platform:
        raise reader.error(path, f"account '{name}' does not say its platform", 'add platform = "mastodon"')
    visibility = reader.text_of(values, (*path, "visibility"))
    if visibility and visibility not in VISIBILITIES:
        raise reader.error(
            (*path, "visibility"), f"no visibility '{visibility}'", strict_yaml.nearest(visibility, VISIBILITIES)
        )
    return Account(
        name=name,
        platform=platform,
        server=_address(reader, values, (*path, "server")).rstrip("/"),
        handle=reader.text_of(values, (*path, "handle")).lstrip("@"),
        remote_id=reader.text_of(values, (*path, "id")),
        visibility=visibility,
        language=reader.text_of(values, (*path, "language")),
        limits=_limits(reader, path, values.get("limits", {})),
    )


def _limits(reader: _Toml, path: tuple[str, ...], values: object) -> Limits:
    here = (*path, "limits")
    if not isinstance(values, dict):
        raise reader.error(here, "'limits' must be a table", "write it as limits = { characters = 500 }")
    reader.known(values, ("characters", "url_length", "media", "alt_characters"), here)
    known = Limits()
    return Limits(
        characters=reader.number(values, (*here, "characters"), known.characters, 1),
        url_length=reader.number(values, (*here, "url_length"), known.url_length, 1),
        media=reader.number(values, (*here, "media"), known.media),
        alt_characters=reader.number(values, (*here, "alt_characters"), known.alt_characters, 1),
    )


def load_people(root: Path) -> dict[str, Person]:
    """The people who may be named, by their key; nobody when there is no such file. Raises ContentError."""
    path = root / PEOPLE_NAME
    return parse_people(read_text(path, PEOPLE_NAME), PEOPLE_NAME) if path.exists() else {}


def parse_people(text: str, name: str) -> dict[str, Person]:
    """The people this YAML names. Raises ContentError with ``name:line:column``."""
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
    return {key: _person(key, value) for key, value in node.values.items()}


def _person(key: str, node: strict_yaml.Node) -> Person:
    values = strict_yaml.mapping(node, ("name", "consent", "handles", "languages"), f"'{key}'")
    if "languages" in values:
        strict_yaml.texts(values["languages"], "languages")
    handles: dict[str, str] = {}
    if "handles" in values:
        handles_node = values["handles"]
        if handles_node.kind != "mapping":
            raise handles_node.error(
                "handles must map a platform to a handle", "write it as {mastodon: '@ana@example.org'}"
            )
        handles = {platform: strict_yaml.text(handle, "a handle") for platform, handle in handles_node.values.items()}
    return Person(
        name=key,
        display=strict_yaml.text(values["name"], "name") if "name" in values else key,
        handles=handles,
        consent=_consent(values.get("consent")),
    )


def _consent(node: strict_yaml.Node | None) -> Literal["mention", "name", "never"]:
    if node is None:
        return "name"
    match strict_yaml.text(node, "consent"):
        case "mention":
            return "mention"
        case "name" | "name only":
            return "name"
        case "never":
            return "never"
        case other:
            raise node.error(f"no consent '{other}'", strict_yaml.nearest(other, ("mention", "name only", "never")))
