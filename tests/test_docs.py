"""The documentation says what the program does: pages are fresh, commands exist, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer.main
from markdown_it import MarkdownIt
from typer._click.exceptions import ClickException

from contentkit.checks.catalogue import catalogue
from contentkit.cli.app import all_commands, app
from contentkit.cli.checking.examining import problems_of
from contentkit.cli.project import Project
from contentkit.config import Config, load_config
from contentkit.drafting.voice.card import Card, Rule
from contentkit.drafting.voice.learnt import Learnt
from contentkit.drafting.voice.loading import voice_of
from contentkit.errors import UsageError
from contentkit.models import Account, Draft, Entry, FounderSettings, Limits, Person
from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X
from contentkit.settings.machine import Machine, load_machine
from docs import generate, record

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BY_HAND = [path for path in WRITTEN if "reference" not in path.parts and "examples" not in path.parts]
EXAMPLES = ROOT / "docs/examples"
MISUSES = (UsageError, ClickException)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# -- the generated pages


def test_every_generated_page_is_fresh() -> None:
    assert generate.stale_pages(ROOT) == {}


def test_a_stale_a_missing_and_a_surplus_page_are_named_and_mended(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    reference = tmp_path / "docs/reference"
    (reference / "commands/post.md").write_text("an older help", "utf-8")
    (reference / "states.md").unlink()
    (reference / "commands/tweet.md").write_text("a command of yesterday", "utf-8")
    index = tmp_path / "docs/README.md"
    index.write_text(index.read_text("utf-8").replace("[`takeover`]", "[`overtake`]"), "utf-8")

    stale = generate.stale_pages(tmp_path)

    assert list(stale) == [
        "docs/README.md",
        "docs/reference/commands/post.md",
        "docs/reference/commands/tweet.md",
        "docs/reference/states.md",
    ]

    for name, text in stale.items():
        generate.write(tmp_path / name, text)
    assert not (reference / "commands/tweet.md").exists()
    assert generate.stale_pages(tmp_path) == {}


def test_the_check_leaves_with_zero_and_writes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs/generate.py", "--check"],
        env={"PATH": os.environ["PATH"], "COLUMNS": "40", "LANG": "C"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["", "post", "resolve", "accounts", "accounts add"])
def test_the_help_in_the_reference_is_what_a_terminal_of_80_columns_shows(name: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("contentkit"), *name.split(), "--help"],
        env={"PATH": os.environ["PATH"], "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert generate.help_of(name) == done.stdout.rstrip("\n")


def test_every_check_that_the_code_reports_is_in_the_catalogue() -> None:
    reported = {
        check
        for path in (ROOT / "contentkit/checks").rglob("*.py")
        for check in re.findall(r'"(CK\d{3})"', path.read_text("utf-8"))
    }

    assert set(catalogue()) == reported


@pytest.mark.parametrize("platform", [Mastodon, X, Console])
def test_the_limits_in_the_reference_are_those_that_are_usual_on_the_platform(
    platform: type[Mastodon | X | Console],
) -> None:
    head, *rows = limits_table()
    column = head.index(platform.name)

    assert {row[0].strip("`"): int(row[column]) for row in rows} == vars(platform.limits)


def limits_table() -> list[list[str]]:
    """The head and the rows of the table of limits, as cells."""
    page = (ROOT / "docs/reference/files.md").read_text("utf-8")
    lines = page.partition("### limits")[2].split("\n\n")[1].splitlines()
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if "---" not in line]


# -- the examples that show every key


def example() -> Project:
    return Project(EXAMPLES, load_config(EXAMPLES), {})


def test_the_example_project_has_no_problems() -> None:
    project = example()
    entry = project.calendar.entry("faster-imports")

    assert problems_of(project, project.draft_of(entry), entry) == []


def left_out(values: list[Any], kind: type[Any]) -> list[str]:
    """The fields that none of these values sets to something else than the default."""
    defaults = {
        field.name: field.default_factory() if field.default_factory is not MISSING else field.default
        for field in fields(kind)
    }
    return [name for name, default in defaults.items() if all(getattr(one, name) == default for one in values)]


@pytest.mark.parametrize(
    "kind", [Config, Account, Limits, Person, FounderSettings, Card, Learnt, Rule, Entry, Draft, Machine]
)
def test_the_examples_set_everything_that_can_be_set(kind: type[Any], tmp_path: Path) -> None:
    project = example()
    # Git keeps no modes, and one that others may write is not believed.
    shutil.copyfile(EXAMPLES / "machine.toml", tmp_path / "machine.toml")
    (tmp_path / "machine.toml").chmod(0o600)
    accounts = list(project.config.accounts.values())
    voice = voice_of(project.root, project.people)
    assert voice is not None
    values: dict[type[Any], list[Any]] = {
        Config: [project.config],
        Account: accounts,
        Limits: [account.limits for account in accounts],
        Person: list(project.people.values()),
        FounderSettings: [person.founder for person in project.people.values() if person.founder],
        Card: [voice.written],
        Learnt: [voice.written.learnt],
        Rule: list(voice.written.rules),
        Entry: list(project.calendar.entries),
        Draft: [project.draft("drafts/faster-imports.md")],
        Machine: [load_machine(tmp_path)],
    }
    # A note is what the calendar's reader adds to an odd time, and the proxy comes from machine.toml.
    computed = {Entry: ["note"], Account: ["proxy"]}

    assert left_out(values[kind], kind) == computed.get(kind, [])


def test_every_key_of_the_examples_is_explained() -> None:
    page = (ROOT / "docs/reference/files.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([a-z_]+)", page, re.M)) | set(re.findall(r"^### \[?([a-z]+)", page, re.M))
    toml = re.findall(r"^([a-z_]+) =|([a-z_]+) = \d", (EXAMPLES / "contentkit.toml").read_text("utf-8"), re.M)
    people = re.findall(r"^    ([a-z]+):", (EXAMPLES / "people.yaml").read_text("utf-8"), re.M)

    assert {key for pair in toml for key in pair if key} | set(people) <= explained


# -- command lines


def command_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each command line that starts contentkit: in a fenced block, also behind ``&&`` or a cron time, or between backticks."""
    for token in MarkdownIt("commonmark").parse(path.read_text("utf-8")):
        line = (token.map or [0])[0] + 1
        if token.type == "fence" and token.info.strip() in ("sh", "console", "crontab"):
            for offset, words in enumerate(token.content.split("\n"), 1):
                yield from ((line + offset, one) for one in started_in(words))
        for child in token.children or []:
            if child.type == "code_inline" and child.content.startswith("contentkit "):
                yield line, child.content


def started_in(line: str) -> Iterator[str]:
    for piece in re.split(r"&&|\|\s|\s>\s", line):
        found = re.search(r"(?:^|[\s/])(contentkit(?: .*)?)$", piece.partition(" #")[0].rstrip())
        if found and not piece.lstrip().startswith(("pipx", "#", "ExecStart")):
            yield found[1]


def parse(words: list[str]) -> None:
    """Parses a command line as the program would, and runs nothing. Raises one of MISUSES."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="contentkit")
    # The parser alone: a context made from '--install-completion' would install it.
    _options, rest, _order = group.make_parser(context).parse_args(words)
    while rest:
        name, group, rest = group.resolve_command(context, rest)
        context = group.make_context(name, rest, parent=context)
        rest = [*context._protected_args, *context.args] if hasattr(group, "resolve_command") else []


@pytest.mark.parametrize("path", BY_HAND, ids=name_of)
def test_every_command_line_on_a_page_is_one_that_the_program_takes(path: Path) -> None:
    wrong = []
    for line, words in command_lines(path):
        try:
            parse(shlex.split(words)[1:])
        except MISUSES as error:
            # Between backticks a command is often only named, without its arguments.
            if not str(error).startswith("Missing ") or words.removeprefix("contentkit ") not in all_commands():
                wrong.append(f"{name_of(path)}:{line}: {words}: {error}")

    assert wrong == []


def test_the_readme_shows_the_loop_of_daily_commands() -> None:
    loop = [shlex.split(words)[1] for _line, words in command_lines(ROOT / "README.md")]

    assert loop == ["init", "draft", "check", "schedule", "approve", "queue", "status", "-C"]


def test_the_daily_loop_of_the_readme_works_as_it_stands(tmp_path: Path) -> None:
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    project, shown = tmp_path / "our-posts", {}

    for _line, words in command_lines(ROOT / "README.md"):
        # Nobody sits at this terminal to answer the question.
        answered = f"{words} --by Ana --yes" if " approve " in words else words
        folder = project if project.exists() else tmp_path
        done = subprocess.run(
            answered, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (words, done.returncode, done.stderr if done.returncode else "") == (words, 0, "")
        shown[words] = done.stdout
        if " init " in words:
            (project / "notes/call.md").write_text("The import now takes 40 seconds instead of 9 minutes.\n", "utf-8")

    assert "planned" in shown["contentkit queue"]


@pytest.mark.parametrize(
    "line",
    [
        "contentkit tweet",
        "contentkit post --twice",
        "contentkit schedule --at 09:30",
        "contentkit --fast",
        "contentkit accounts ad",
        "contentkit accounts add",
    ],
)
def test_a_command_line_that_the_program_does_not_take_is_found(line: str) -> None:
    with pytest.raises(MISUSES):
        parse(shlex.split(line)[1:])


# -- links


def links_of(path: Path) -> Iterator[str]:
    for token in MarkdownIt("commonmark").parse(path.read_text("utf-8")):
        for child in token.children or []:
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)


@cache
def anchors_of(path: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    titles = [tokens[index + 1].content for index, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_every_relative_link_of_a_page_leads_somewhere(path: Path) -> None:
    dead = []
    for link in links_of(path):
        target, _, anchor = link.partition("#")
        if re.match(r"^[a-z]+:", target):
            continue
        page = path.parent / target if target else path
        if not page.exists() or (anchor and anchor not in anchors_of(page)):
            dead.append(link)

    assert dead == []


def test_every_how_to_is_in_the_index() -> None:
    linked = set(links_of(ROOT / "docs/README.md"))

    assert {f"how-to/{path.name}" for path in (ROOT / "docs/how-to").glob("*.md")} <= linked


# -- the recording


def test_the_recording_shows_every_recorded_command_and_nothing_of_the_machine() -> None:
    drawn = (ROOT / "docs/demo.svg").read_text("utf-8")
    shown = " ".join("".join(ElementTree.fromstring(drawn).itertext()).replace("\xa0", " ").split())

    assert [command for command in record.COMMANDS if command not in shown] == []
    for private in ("/tmp", "/home", "/root", "/Users", "/private"):
        assert private not in drawn
    assert "https://" not in drawn, "the picture fetches nothing"


def test_a_long_line_is_broken_where_the_terminal_is_full() -> None:
    drawn = record.picture([("contentkit post", "x" * 79 + " y")])

    assert "x" * 79 in drawn
    assert ">y<" in drawn
