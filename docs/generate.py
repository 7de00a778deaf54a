"""Writes docs/reference/ and the list of commands in docs/README.md from the program itself, and the figures of
docs/performance.md from what ``make bench`` measured last.

    python docs/generate.py            write what is stale
    python docs/generate.py --check    write nothing; exit 1 and name the stale pages

The same pages come out on every machine: help is set at 80 columns, and nothing here looks at the clock, the folder
or the version of Python.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main

from benchmarks import pages as performance
from benchmarks.scale import paper
from contentkit import checks, drafts, people
from contentkit.calendar import entries, repeating
from contentkit.checks.catalogue import Check, catalogue
from contentkit.cli import main as entry_point
from contentkit.cli.app import all_commands, app
from contentkit.config import LIMITS
from contentkit.drafting.voice import card
from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X
from contentkit.publishing.publications import MOVES, State
from contentkit.store.contents import Relation, relations_in
from contentkit.store.database import STEPS
from contentkit.store.descriptions import Description, descriptions, questions
from contentkit.store.soundness import new_database
from contentkit.text import printable
from contentkit.views.checks import standing_of

ROOT = Path(__file__).resolve().parent.parent
# What is left of 80 columns: the program keeps two of them free.
WIDTH = 78
_NOTE = "<!-- Written by docs/generate.py from the program itself. Edits are lost: change the program. -->\n\n"
_BLOCK = re.compile(r"(?<=<!-- commands -->\n).*?(?=<!-- /commands -->)", re.S)

_EXIT_CODES = {
    "DONE": "done, or nothing to do",
    "FAILED": "failed: a file, the machine or a network stands in the way; the message says where and what to do",
    "MISUSED": "the command was called wrongly",
    "BUG": "a fault of contentkit; please report it with what it printed",
    "PERSON_NEEDED": "nothing is broken, but a person has to decide",
    "INTERRUPTED": "interrupted with Ctrl-C",
}
COMMANDS = all_commands()
_STATES = {
    State.PLANNED: "approved; the exact words are stored and wait for their time",
    State.SENDING: "claimed, and recorded on disk before the first byte leaves",
    State.UNKNOWN: "may have been published: the answer was lost; it is looked for on each run",
    State.HELD: "waits for a person, always with a reason; `contentkit resolve` decides",
    State.SENT: "the network has it",
    State.SKIPPED: "will not be sent",
}
# The tables of keys that the program itself reads by; the other tables are held to the examples by a test.
_LANGUAGES = {"en": "English", "es": "Spanish"}
_KEYS = {
    "draft": drafts.KEYS,
    "calendar": entries.CALENDAR_KEYS,
    "entry": entries.ENTRY_KEYS,
    "founder": people.FOUNDER_KEYS,
    "learnt": card.LEARNT_KEYS,
    "limits": LIMITS,
    "quiet": repeating.QUIET_KEYS,
    "rule": card.RULE_KEYS,
    "slot": repeating.SLOT_KEYS,
    "voice": card.CARD_KEYS,
}
# The built-in ones: a platform that happens to be installed here changes no page.
_PLATFORMS = (Mastodon(), X(), Console())


def main(arguments: list[str]) -> int:
    """Writes or checks; returns the exit code."""
    stale = stale_pages(ROOT)
    if arguments == ["--check"]:
        for page in stale:
            print(f"{page}: stale; run 'make docs'")
        return 1 if stale else 0
    if arguments:
        print("usage: docs/generate.py [--check]", file=sys.stderr)
        return 2
    for name, text in stale.items():
        write(ROOT / name, text)
        print(name)
    return 0


def write(path: Path, text: str | None) -> None:
    """Writes one page, or removes it when there is no text for it."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def stale_pages(root: Path) -> dict[str, str | None]:
    """The pages below ``root`` that are not as they should be, each with its text; None for one that should not exist."""
    wanted: dict[str, str | None] = {**pages(), **_with_commands(root), **performance.pages(root), **paper.pages(root)}
    found = [*(root / "docs/reference").rglob("*.md"), *(root / performance.PICTURES).glob("*.svg")]
    wanted |= dict.fromkeys({path.relative_to(root).as_posix() for path in found} - set(wanted))
    return {name: text for name, text in sorted(wanted.items()) if text is None or _read(root / name) != text}


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def pages() -> dict[str, str]:
    """Every page of the reference, by its path from the root."""
    made = {
        "README": _index(),
        "commands/contentkit": _root_page(),
        "checks": _checks_page(),
        "files": _files_page(),
        "states": _states_page(),
        "exit-codes": _exit_codes_page(),
        "database": _database_page(),
        **{f"commands/{_page(name)}": _command_page(name) for name in COMMANDS},
    }
    return {f"docs/reference/{name}.md": _NOTE + text for name, text in made.items()}


def _index() -> str:
    links = "\n".join(
        f"| [`contentkit {name}`](commands/{_page(name)}.md) | {words} |" for name, words in COMMANDS.items()
    )
    return f"""# Reference

Written from the program itself: what stands here is what this version does.

| command | what it does |
| --- | --- |
| [`contentkit`](commands/contentkit.md) | Options that stand before any command. |
{links}

* [The checks](checks.md), by their ids
* [The files](files.md): every key of `contentkit.toml`, `calendar.yaml`, `people.yaml`, a draft, a voice and `machine.toml`
* [The database](database.md): every table, view and column of `contentkit.db`, and queries
* [The states of a publication](states.md)
* [Exit codes](exit-codes.md)
"""


# -- commands


def _root_page() -> str:
    return f"# contentkit\n\n```text\n{help_of()}\n```\n"


def _command_page(name: str) -> str:
    codes = "[Exit codes](../exit-codes.md) are the same for all commands. [All commands](../README.md)"
    return f"# contentkit {name}\n\n{COMMANDS[name]}\n\n```text\n{help_of(name)}\n```\n\n{codes}\n"


def _page(name: str) -> str:
    """The name of a command's page: ``accounts-add``."""
    return name.replace(" ", "-")


def help_of(name: str = "") -> str:
    """The help that the program prints for a command, or for itself, on a terminal of 80 columns."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="contentkit", terminal_width=WIDTH, **group.context_settings)
    if not name:
        return str(group.get_help(context))
    for word in name.split():
        group = group.get_command(context, word)
        context = group.context_class(group, info_name=word, parent=context, terminal_width=WIDTH)
    return str(group.get_help(context))


def _with_commands(root: Path) -> dict[str, str]:
    """The hand-written page that lists the commands, with its list as it should be."""
    rows = "".join(
        f"| [`{name}`](reference/commands/{_page(name)}.md) | {words} |\n" for name, words in COMMANDS.items()
    )
    page = "docs/README.md"
    return {page: _replaced(root / page, f"| command | what it does |\n| --- | --- |\n{rows}")}


def _replaced(path: Path, block: str) -> str:
    text, count = _BLOCK.subn(lambda _: block, path.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{path.name}: mark the list of commands with <!-- commands --> and <!-- /commands -->")
    return text


# -- checks


def _checks_page() -> str:
    rows = "\n".join(_check_row(check) for check in catalogue().values())
    entries = "\n\n".join(_check_entry(check) for check in catalogue().values())
    return f"""# The checks

`contentkit check` runs them, and so do `draft` and `approve`. An error blocks the approval until it is mended, or
waived by name in the draft ([how](../how-to/edit-and-check.md)). A warning only says where to look, information only tells.
`contentkit.toml` can say [how bad a finding is](files.md) in the project and on an account.

| id | severity | what it finds |
| --- | --- | --- |
{rows}

What the checks cannot see: {_limits_of_checks()}

{entries}
"""


def _check_row(check: Check) -> str:
    languages = f" ({' and '.join(_LANGUAGES[each] for each in check.languages)})" if check.languages else ""
    waived = "" if check.waivable else " (cannot be waived)"
    return f"| [{check.id}](#{check.id.lower()}) | {check.severity} | {check.finds}{languages}{waived} |"


def _check_entry(check: Check) -> str:
    """One check under a heading that its id is the anchor of."""
    said = [("In the source", check.source), ("Found", check.bad), ("Fine", check.good)]
    example = "\n\n".join(f"{title}:\n\n{_quoted(words)}" for title, words in said if words)
    about = " ".join((check.why, check.mend))
    finds = check.finds[:1].upper() + check.finds[1:]
    return f"## {check.id}\n\n{finds}. {about}\n\n{example}\n\n{' '.join(standing_of(check))}"


def _quoted(words: str) -> str:
    """An example, whose words may hold code fences, with what nobody sees made visible."""
    shown = printable(words.strip("\n"))
    return f"````text\n{shown}\n````"


def _limits_of_checks() -> str:
    found = re.search(r"What the checks cannot see: (.+)\Z", (checks.__doc__ or "").strip(), re.S)
    assert found, "the package of the checks says what they cannot see"
    return found[1]


# -- files


def _files_page() -> str:
    formats = tomllib.loads(_read(ROOT / "docs/formats.toml"))
    sections = "\n\n".join(_file_section(file) for file in formats["files"])
    return f"# The files\n\n{formats['intro'].strip()}\n\n{sections}\n"


def _file_section(file: Mapping[str, Any]) -> str:
    example = _read(ROOT / "docs/examples" / file["example"]).rstrip()
    language = {".toml": "toml", ".yaml": "yaml", ".md": "markdown"}[Path(file["example"]).suffix]
    tables = "\n\n".join(_key_table(table) for table in file["tables"])
    return f"## {file['title']}\n\n{file['about'].strip()}\n\n{tables}\n\nWith every key:\n\n````{language}\n{example}\n````"


def _key_table(table: Mapping[str, Any]) -> str:
    known = _KEYS.get(table.get("checked", ""))
    if known is not None and set(known) != set(table["keys"]):
        raise SystemExit(
            f"docs/formats.toml: {table['title']}: the program knows {sorted(set(known) ^ set(table['keys']))}"
        )
    usual = table.get("checked") == "limits"
    head = "".join(f" {platform.name} |" for platform in _PLATFORMS if usual)
    rows = "\n".join(f"| `{key}` | {words} |{_usual(key) if usual else ''}" for key, words in table["keys"].items())
    return f"### {table['title']}\n\n| key | meaning |{head}\n| --- | --- |{' --- |' * head.count('|')}\n{rows}"


def _usual(key: str) -> str:
    """What is usual on each platform, as cells; written as TOML takes it."""
    return "".join(f" {getattr(platform.limits, key):_} |" for platform in _PLATFORMS)


# -- the database


def _database_page() -> str:
    known = descriptions()
    with new_database() as connection:
        sections = "\n\n".join(
            _relation_section(connection, relation, known[relation.name]) for relation in relations_in(connection)
        )
    asked = "\n\n".join(f"{question}\n\n```sql\n{query.strip()};\n```" for question, query in questions().items())
    return f"""# The database

`contentkit.db` beside the calendar is SQLite, and yours: [Datasette](https://datasette.io), `sqlite3` and other programs may
read it while `contentkit sync` writes. This is form {len(STEPS)}; an older one is brought up to date by the next command that
writes. `contentkit db` shows [what yours holds](commands/db.md).

Times are UTC as `2026-11-22T05:00:00Z`, so that text compares as time does. 0 was counted; NULL is not known, or was not told.

## Questions

{asked}

{sections}
"""


def _relation_section(connection: sqlite3.Connection, relation: Relation, words: Description) -> str:
    """One table or view under a heading, with a line on each column."""
    targets = {
        column: f"[{table}](#{table})"
        for table, column in connection.execute(
            'SELECT "table", "from" FROM pragma_foreign_key_list(?)', (relation.name,)
        )
    }
    rows = "\n".join(
        f"| `{column}` | {words.of(column)}{f': a row of {targets[column]}' if column in targets else ''} |"
        for column in relation.columns
    )
    kind = "View" if relation.is_view else "Table"
    about = f" {words.about}" if words.about else ""
    return (
        f"## {relation.name}\n\n{kind}. One row is {words.row}.{about}\n\n| column | meaning |\n| --- | --- |\n{rows}"
    )


# -- states and exit codes


def _states_page() -> str:
    rows = "\n".join(f"| `{state}` | {_STATES[state]} | {_targets(state)} |" for state in State)
    return f"""# The states of a publication

A publication is one part of a thread on one account. The journal refuses every other move than these.
[Publishing](../publishing.md) says when each of them happens.

| state | meaning | may go to |
| --- | --- | --- |
{rows}

```mermaid
stateDiagram-v2
    [*] --> planned
{"".join(f"    {line}{chr(10)}" for line in _arrows())}```
"""


def _targets(state: State) -> str:
    return ", ".join(f"`{target}`" for target in MOVES[state]) or "nothing: it is an end"


def _arrows() -> Iterator[str]:
    for state, targets in MOVES.items():
        yield from (f"{state} --> {target}" for target in targets or ("[*]",))


def _exit_codes_page() -> str:
    rows = "\n".join(f"| {getattr(entry_point, name)} | {words} |" for name, words in _EXIT_CODES.items())
    return f"""# Exit codes

| code | meaning |
| --- | --- |
{rows}

`contentkit post` exits 4 in the run in which something newly needs a person, and prints it; later runs are silent.
`contentkit status` exits 4 as long as anything waits. Output goes to stdout, talk and errors to stderr.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
