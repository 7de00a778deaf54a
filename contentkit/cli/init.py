"""``contentkit init``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

_CONFIG = """version = 1
# Names this project's private folder on each machine that publishes it. Keep it as it is.
project = "{project}"

# The address that a post's own relative address belongs to: url: /blog/x.html
# site = "https://example.org"

# The language of drafts that do not say theirs: networks ask for it, and readers choose by it.
{language}

[drafter]
name = "extractive"        # picks from what was said; needs no key and no network
# name = "openai"          # any server that speaks the OpenAI API
# base_url = "http://127.0.0.1:11434/v1"   # elsewhere: allow its host in machine.toml
# model = "qwen3"
# key = "MODEL_KEY"        # the environment variable that holds the key

# What those who get 'contentkit report' call the project.
# [report]
# title = "Our project"

# A network that is a file on this machine: for trying things.
[accounts.try]
platform = "console"

# 'contentkit accounts add our-mastodon' connects a network, and writes it here. Its secrets do not come into this file.
"""
_CALENDAR = """version: 1
timezone: {zone}
entries: []
"""
_PEOPLE = """version: 1
# Who may be named in a post, and how. In a draft: @{ana}
people: {}
#  ana: {name: Ana Torres, consent: mention, handles: {mastodon: "@ana@example.social"}}
"""
_RAW = "notes/raw"
# What must not come into git: the database, raw notes with words off the record, the list of confidential names; and pages
# with pictures in them, which anybody can make again.
_IGNORE = (
    "contentkit.db", "contentkit.db-wal", "contentkit.db-shm", f"{_RAW}/", "confidential.txt", "*.preview.html",
)  # fmt: skip


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Made when it does not exist; else this one.")
    ] = Path(),
    name: Annotated[str, typer.Option(metavar="NAME", help="The project's name; the folder's when left out.")] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Of drafts that do not say theirs, as in en, es, pt-BR.")
    ] = "",
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="The calendar's; this machine's when left out.")] = "",
) -> None:
    """Start a project in a folder.

    Writes contentkit.toml, calendar.yaml and people.yaml, and makes notes/, notes/raw/ and drafts/. What exists stays as it
    is. The database, notes/raw/ and confidential.txt are entered into .gitignore: run init again in an older project.

    \b
    contentkit init
    contentkit init our-posts --timezone America/Mexico_City
    """
    from contentkit.cli.output import say, show_lines
    from contentkit.config import CALENDAR_NAME, CONFIG_NAME
    from contentkit.errors import StateError, UsageError
    from contentkit.files import create_file
    from contentkit.languages import CODE_HINT, is_language
    from contentkit.people import PEOPLE_NAME

    if language and not is_language(language):
        raise UsageError(f"'{language}' is not the code of a language", hint=CODE_HINT)
    project, zone = _name_of(folder, name), _zone(timezone)
    try:
        for part in (folder, folder / _RAW, folder / "drafts"):
            part.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(
            f"{error.filename}: cannot be made: {error.strerror}", hint="choose a folder of yours"
        ) from None
    # The settings come last: where they are, all is.
    texts = {
        CALENDAR_NAME: _CALENDAR.format(zone=zone),
        PEOPLE_NAME: _PEOPLE,
        CONFIG_NAME: _CONFIG.format(
            project=project, language=f'{"" if language else "# "}language = "{language or "en"}"'
        ),
    }
    for file_name, text in texts.items():
        if (folder / file_name).exists():
            say(f"{folder / file_name}: kept as it is")
        else:
            create_file(folder / file_name, text.encode())
    if _ignore_private(folder / ".gitignore"):
        say(f"{folder / '.gitignore'}: git ignores the database, {_RAW}/ and confidential.txt")
    say(
        f"{folder / _RAW}/ is for recordings' transcripts and notes with words off the record: ingest writes copies without."
    )
    where = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    show_lines(f"Project '{project}' is ready.", f"Next: {where}contentkit draft notes/YOUR-NOTE.md")


def _name_of(folder: Path, wanted: str) -> str:
    """The project's name. A project that is there keeps its own. Raises UsageError for another one."""
    from contentkit.config import CONFIG_NAME, load_config
    from contentkit.errors import UsageError
    from contentkit.text import slug_of

    if not (folder / CONFIG_NAME).exists():
        name = slug_of(wanted or folder.resolve().name, longest=40) or "project"
        # The random end keeps two projects of the same name apart in the state folder.
        return f"{name}-{os.urandom(3).hex()}"
    known = load_config(folder).project
    if wanted and wanted != known:
        raise UsageError(
            f"{folder / CONFIG_NAME}: there is a project '{known}' already",
            hint="leave --name out, or name another folder",
        )
    return known


def _zone(wanted: str) -> str:
    """The calendar's zone: the one asked for, else this machine's, else UTC. Raises UsageError for an unknown one."""
    from contentkit.calendar.times import zone_of
    from contentkit.errors import ContentError, UsageError

    try:
        if wanted:
            return zone_of(wanted).key
    except ContentError as error:
        raise UsageError(error.message, hint=error.hint) from None
    # Where systems say it: the variable, or the file that /etc/localtime is a link to.
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2].removeprefix("posix/")
    for candidate in (os.environ.get("TZ", "").lstrip(":"), link):
        try:
            if "/" in candidate:
                return zone_of(candidate).key
        except ContentError:
            continue
    return "UTC"


def _ignore_private(path: Path) -> bool:
    """Enters what is missing into .gitignore; whether something was."""
    from contentkit.files import create_file, replace_file

    before = path.read_bytes() if path.exists() else None
    present = {line.strip().strip("/") for line in (before or b"").decode(errors="replace").splitlines()}
    missing = [name for name in _IGNORE if name.strip("/") not in present]
    if before is None:
        create_file(path, "".join(f"{name}\n" for name in missing).encode())
    elif missing:
        gap = b"" if not before or before.endswith(b"\n") else b"\n"
        replace_file(path, before + gap + "".join(f"{name}\n" for name in missing).encode(), before)
    return bool(missing)
