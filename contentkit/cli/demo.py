"""``contentkit demo``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.demo_server import LocalServer

_CALL = "notes/2026-12-01-founder-call.md"
_RAW_CALL = "notes/raw/2026-12-01-founder-call.md"
_POST = "notes/2026-12-08-release-post.md"
_DRAFT = "412-green-nights"
_ACCOUNT = "mastodon"
_WIDTH = 80
# What was said off the record in the call. The example is in git, so it holds the copy without these lines.
_QUESTION = "**Pia:** I'd like to ask about money, if that's fine."
_BETWEEN_US = (
    "[off the record]",
    "**Odile:** Between us, Norfjell Bank wants to fund the whole Oracle part, 240,000 euros, and they",
    "would like to sign in January. Please keep that out of everything until they have announced it.",
    "[/off the record]",
)

_NEXT = """\
That was a copy in a temporary folder, and nothing of it is left.
With an account of your own:

  contentkit init our-posts && cd our-posts
  contentkit accounts add our-mastodon      (or stay with the console account)
  contentkit draft notes/YOUR-NOTE.md
  contentkit schedule YOUR-DRAFT --at "tomorrow 09:30"
  contentkit approve YOUR-DRAFT
  * * * * *  ~/.local/bin/contentkit -C ~/our-posts post      (crontab)
"""
_WITHOUT_SERVER = """\
The local Mastodon server is left out, because the package mastodon-mock is not
installed; the posts go to console accounts only. To see it too:
  pipx inject contentkit mastodon-mock     (or: pip install mastodon-mock)
"""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The copy of the example that the demo works in, and the environment of the commands it runs there."""

    project: Path
    environment: Mapping[str, str]


def command() -> None:
    """Show the whole road once, with real commands, in a temporary folder.

    From a founder's call and a blog post to a thread on a Mastodon server that runs on this machine only (when the
    package mastodon-mock is installed). Needs no account, no key and no network, and touches nothing of yours.

    \b
    contentkit demo
    """
    import signal
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from contentkit.cli.demo_server import is_available, local_server
    from contentkit.cli.output import show_lines
    from contentkit.clock import SystemClock

    # Whoever ends the demo gets the temporary folder removed, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="contentkit-demo-")))
        stage = _set(scratch, SystemClock().now())
        server: LocalServer | None = None
        if is_available():
            server = stack.enter_context(local_server(scratch, stage.environment))
            stage = _with_account(stage, server)
        else:
            show_lines(*_WITHOUT_SERVER.splitlines(), "")
        _walk(stage, server)
    show_lines(*_NEXT.splitlines())


def _walk(stage: Stage, server: LocalServer | None) -> None:
    """Runs the commands in the order of the daily work."""
    stream = _ACCOUNT if server else "try-mastodon"
    _tell("A founder's call and a release post come in. Of the call, posts rest on a copy")
    _tell("without what was said off the record; the raw file stays out of git.")
    _run(stage, "ingest", _RAW_CALL, _POST)
    _tell("Each becomes a thread in the words that were said, without any key or network.")
    _run(stage, "draft", _CALL, "--speaker", "Odile")
    _run(stage, "draft", _POST)
    _tell("Does each post say what the lines that it names say?")
    _run(stage, "check")
    if server:
        server.wait()
    _run(stage, "schedule", _DRAFT, "--at", "now", "--account", stream, "--account", "try-x")
    _tell("Exactly this is what somebody approves, and what goes out.")
    _run(stage, "preview", _DRAFT, "--account", stream)
    _run(stage, "approve", _DRAFT, "--by", "Odile Varga", "--yes")
    _run(stage, "queue")
    _tell("This is what cron starts each minute; a second run sends nothing again.")
    _run(stage, "post")
    _run(stage, "post")
    _run(stage, "queue")
    if server:
        _show_published(server)


def _run(stage: Stage, *arguments: str) -> None:
    """Shows a command line, then runs it with this process' own output. Raises StateError when it fails."""
    import re
    import shlex
    import subprocess
    import sys
    import textwrap

    import typer

    from contentkit.errors import StateError

    line = shlex.join(["contentkit", *arguments])
    # An option stays on one row with its value.
    glued = re.sub(r"(?<= )(--[a-z]+) (?!-)", "\\1\0", f"$ {line}")
    rows = textwrap.wrap(glued, _WIDTH - 2, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    typer.secho(" \\\n".join(rows).replace("\0", " "), bold=True)
    ended = subprocess.run(  # noqa: S603 - our own program, with arguments that stand above
        [sys.executable, "-m", "contentkit", *arguments],
        cwd=stage.project,
        env=stage.environment,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if ended.returncode:
        raise StateError(
            f"the demo ends here: '{line}' ended with exit code {ended.returncode}", hint="its own words stand above"
        )
    typer.echo()


def _tell(words: str) -> None:
    import typer

    typer.secho(f"# {words}", dim=True)


def _show_published(server: LocalServer) -> None:
    """The thread as the server has it, asked over its API by somebody else than the publisher."""
    import textwrap

    from contentkit.cli.output import show_lines
    from contentkit.platforms.mastodon_answers import plain_text

    _tell(f"What the server {server.url} has now, read from its API:")
    statuses = server.statuses()
    numbers = {status["id"]: number for number, status in enumerate(statuses, 1)}
    for number, status in enumerate(statuses, 1):
        parent = numbers.get(status["in_reply_to_id"])
        show_lines(f"{number}. {status['url']}" + (f" (a reply to {parent})" if parent else ""))
        for line in plain_text(status["content"]).splitlines():
            show_lines(*textwrap.wrap(line, _WIDTH - 3, initial_indent="   ", subsequent_indent="   "))
    show_lines("")


def _set(scratch: Path, now: datetime) -> Stage:
    """Lays out the example in a folder of its own: without its drafts, which the demo makes, and with dates to come."""
    import shutil

    from contentkit.config import CALENDAR_NAME, CONFIG_NAME
    from contentkit.people import PEOPLE_NAME, VOICES

    example, project = _example(), scratch / "project"
    for name in ("project", "home", "state", "config"):
        (scratch / name).mkdir()
    (project / _RAW_CALL).parent.mkdir(parents=True)
    (project / _RAW_CALL).write_text(raw_call((example / _CALL).read_text("utf-8")), "utf-8")
    shutil.copyfile(example / _POST, project / _POST)
    for name in (CONFIG_NAME, PEOPLE_NAME):
        shutil.copyfile(example / name, project / name)
    shutil.copytree(example / VOICES, project / VOICES)
    calendar = (example / CALENDAR_NAME).read_text("utf-8")
    (project / CALENDAR_NAME).write_text(shifted(calendar, now), "utf-8")
    return Stage(project=project, environment=_environment(scratch))


def raw_call(copy: str) -> str:
    """The call as it was typed, of which the example has the copy: with what was off the record, without the last line."""
    lines = copy.rstrip("\n").split("\n")[:-2]
    first = lines.index(_QUESTION) + 2
    lines[first : first + len(_BETWEEN_US)] = _BETWEEN_US
    return "\n".join((*lines, ""))


def _example() -> Path:
    """The example: inside of an installed package, or at the top of the repository. Raises StateError."""
    import contentkit
    from contentkit.config import CONFIG_NAME
    from contentkit.errors import StateError

    package = Path(contentkit.__file__).parent
    for folder in (package / "example", package.parent):
        if all((folder / name).exists() for name in (CONFIG_NAME, _CALL, _POST)):
            return folder
    raise StateError(f"{package}: the example is missing", hint="install contentkit again")


def shifted(calendar: str, now: datetime) -> str:
    """The calendar with all its dates moved by the same whole weeks, so that the first entry is 1 to 8 days away."""
    import re
    from datetime import date, timedelta

    entry = re.search(r"^ *at: (\d{4}-\d\d-\d\d)", calendar, re.M)
    assert entry, "the example has an entry"
    days_late = (now.date() + timedelta(days=1) - date.fromisoformat(entry[1])).days
    weeks = timedelta(weeks=-(-days_late // 7))
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda day: (date.fromisoformat(day[0]) + weeks).isoformat(), calendar)


def _environment(scratch: Path) -> dict[str, str]:
    """This process' environment for the commands: with places of their own, without the user's accounts and settings."""
    import os
    import shutil
    import site

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONTENTKIT_", "XDG_"))}
    return kept | {
        # Where packages of a 'pip install --user' lie is derived from HOME.
        "PYTHONUSERBASE": site.getuserbase(),
        "HOME": str(scratch / "home"),
        "XDG_STATE_HOME": str(scratch / "state"),
        "XDG_CONFIG_HOME": str(scratch / "config"),
        # Output and talk go to one place: in the order in which they were said.
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": str(min(_WIDTH, shutil.get_terminal_size().columns)),
    }


def _with_account(stage: Stage, server: LocalServer) -> Stage:
    """The stage with an account on the local server; its token stands in the environment, as any token would."""
    from contentkit.cli.demo_server import HANDLE
    from contentkit.config import CONFIG_NAME
    from contentkit.secrets.credentials import variable_of

    with (stage.project / CONFIG_NAME).open("a", encoding="utf-8") as file:
        file.write(f'\n[accounts.{_ACCOUNT}]\nplatform = "mastodon"\nserver = "{server.url}"\nhandle = "{HANDLE}"\n')
    token = {variable_of(_ACCOUNT, "token"): server.token}
    return Stage(project=stage.project, environment={**stage.environment, **token})
