"""The commands by name. A command's module is imported when the command is used, not before."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from contentkit import __version__
from contentkit.errors import UsageError
from contentkit.strict_yaml import nearest

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_MISUSED = 2

# In the order of the daily work. The sentences are the first lines of the commands' own docstrings (a test compares).
COMMANDS = {
    "init": "Start a project in a folder.",
    "demo": "Show the whole road once, with real commands, in a temporary folder.",
    "ingest": "Read notes, transcripts and posts, and show what contentkit sees in them.",
    "draft": "Draft a thread from a note, a transcript or a post.",
    "check": "Check drafts: evidence, support, lengths, policy.",
    "preview": "Show the exact thread of each account.",
    "schedule": "Put a draft on the calendar.",
    "approve": "Approve entries: exactly these words, at this time, on these accounts.",
    "queue": "Show what is on the calendar, and what became of it.",
    "post": "Publish what is due. Made to be started from cron each minute.",
    "status": "Show what waits for a person; exit 4 while anything does.",
    "resolve": "Decide what nobody can know: published, again, or skip.",
    "stop": "Stop publishing at once, until 'contentkit start'.",
    "start": "Publish again after 'contentkit stop'.",
    "takeover": "Make this machine the publisher, after its journal was lost, copied or restored.",
}


class OneCommand(typer.core.TyperCommand):
    """A command whose usage line names an argument as people know it: FILE, not {FILE}."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class LazyCommands(typer.core.TyperGroup):
    """A group that imports a command's module only to run it or to show its own help."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        function: Callable[..., Any] = import_module(f"contentkit.cli.{cmd_name}").command
        one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        one.command(cmd_name, cls=OneCommand)(function)
        return typer.main.get_command(one)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise UsageError(f"there is no command '{args[0]}'", hint=nearest(args[0], COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=LazyCommands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contentkit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    folder: Annotated[
        Path | None, typer.Option("-C", "--project", metavar="FOLDER", help="Work as if started in this folder.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """From what a founder said to a thread that the founder approved, posted once.

    \b
    contentkit draft notes/call.md         a note becomes drafts/<slug>.md
    contentkit schedule drafts/call.md --at "tomorrow 09:30"
    contentkit approve call                exactly these words, at this time
    contentkit post                        from cron, each minute
    """
    if folder:
        try:
            os.chdir(folder)
        except OSError as error:
            raise UsageError(f"{folder}: {error.strerror}", hint="name the folder that holds contentkit.toml") from None


def run() -> int:
    """Runs the command of this process' arguments; returns its exit code. Raises UsageError for wrong arguments."""
    try:
        code = app(standalone_mode=False, prog_name="contentkit")
    except NoArgsIsHelpError as nothing_asked:
        nothing_asked.show()
        return _MISUSED
    except ClickException as error:
        raise _told(error) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _told(error: ClickException) -> UsageError:
    """Wrong arguments in our own words: what is wrong, then the usage."""
    context: Context | None = getattr(error, "ctx", None)
    message = error.format_message().rstrip(".")
    message = message[:1].lower() + message[1:]
    if context is None:
        return UsageError(message)
    path = context.command_path
    usage = " ".join(context.get_usage().split())
    return UsageError(
        f"{path.removeprefix('contentkit').strip()}: {message}".removeprefix(": "),
        hint=f"{usage}\n  '{path} --help' says more",
    )
