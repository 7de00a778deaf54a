"""The commands by name. A command's module is imported when the command is used, not before."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from contentkit.cli.quick import VERSION
from contentkit.errors import UsageError
from contentkit.strict_yaml import nearest

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_MISUSED = 2

# In the order of the daily work. The sentences are the first lines of the commands' own docstrings (a test compares).
COMMANDS = {
    "init": "Start a project in a folder.",
    "accounts": "Show the accounts, and where their secrets are.",
    "doctor": "Look whether everything is as it must be; change nothing.",
    "demo": "Show the whole road once, with real commands, in a temporary folder.",
    "ingest": "Read notes, transcripts and posts, and show what contentkit sees in them.",
    "draft": "Draft a thread from a note, a transcript or a post.",
    "redraft": "Show other words for a post, and put one of them in its place.",
    "voice": "Show whose voice was learnt, and where their cards are.",
    "check": "Check drafts: evidence, support, lengths, policy.",
    "evidence": "Show each post beside the words that it rests on.",
    "preview": "Show the exact thread of each account.",
    "schedule": "Put a draft on the calendar.",
    "calendar": "Draw a month or a week: what goes out when, which slots are free.",
    "move": "Put entries at another time.",
    "pause": "Keep entries back until 'contentkit unpause'.",
    "unpause": "Let paused entries go out at their times again.",
    "approve": "Approve entries: exactly these words, at this time, on these accounts.",
    "approvals": "Show who approved what, when, and why it counts or does not.",
    "today": "Show on one screen what went out, what waits for whom, what is planned, which slots are free.",
    "queue": "Show what is on the calendar, and what became of it.",
    "explain": "Tell the whole story of one entry: what, when, why it stands as it does, who acts next.",
    "review": "Look through what waits for an approval, on one screen, and decide.",
    "post": "Publish what is due. Made to be started from cron each minute.",
    "status": "Show what waits for a person; exit 4 while anything does.",
    "correct": "Correct what is out: edit its draft, then say so here.",
    "retract": "Take down what is out: delete it from its networks, for good.",
    "resolve": "Decide what nobody can know: published, again, not sent, or skip.",
    "stop": "Stop publishing at once, until 'contentkit start'.",
    "start": "Publish again after 'contentkit stop'.",
    "takeover": "Make this machine the publisher, after its journal was lost, copied or restored.",
    "cron": "Show what starts this project's commands here, and whether it is as it would be written now.",
    "sync": "Ask the networks for the figures of what was published. Made for cron.",
    "import": "Take in what was posted before contentkit, and visits of the website.",
    "replies": "Show who answered or mentioned us and waits for an answer.",
    "stats": "Show the figures of posts and accounts, and how they compare with the usual.",
    "report": "Write a report of a month for whoever leads or pays: what was published, what it brought, what was learnt.",
    "again": "Propose threads to say again: they did better than usual, and still hold.",
    "db": "Show what contentkit.db holds: its tables and views, how many rows, how large it is.",
    "import-workspace": "Enter a team's folder into the database of many teams, and note where it lies on this host.",
    "migrate": "Move this machine's journal of the project to PostgreSQL, into its workspace.",
    "scale": "Show the workspaces of the database that machine.toml names: who may publish each, and where it lies on this host.",
    "worker": "Publish what is due in all workspaces of this host, together with workers on others, until it is told to end.",
}

# Commands that have commands of their own: 'accounts add' lives in contentkit.cli.accounts_add.
FAMILIES = {
    "accounts": {
        "add": "Connect an account: signs in, or asks for its secrets, and looks who it is.",
        "check": "Ask each network who we are there and what it allows, and write that down.",
    },
    "cron": {
        "install": "Have this machine publish what is due each minute, and ask for figures each hour.",
        "uninstall": "Take out again what 'contentkit cron install' wrote for this project, and nothing else.",
    },
    "db": {
        "path": "Print where contentkit.db is, for other programs.",
        "backup": "Copy contentkit.db as it is at this moment, also while 'contentkit sync' writes.",
        "check": "Look whether contentkit.db is sound; exit 1 when it is not.",
        "export": "Write tables and views as CSV or Parquet files, all of one moment.",
        "metadata": "Print what Datasette shows beside contentkit.db: what tables and columns mean, and queries to start from.",
    },
    "scale": {
        "limit": "Limit how many posts all workers together send to one server, or through one app; alone, list what there is.",
        "remove": "Let a workspace publish nothing more. What it published, and who approved it, stays in the database.",
        "rename": "Call a workspace by another name. Nothing else changes, on no host.",
        "status": "Show how all teams and workers stand; exit 4 while a person is needed.",
    },
    "voice": {
        "learn": "Learn how a founder writes from their own posts.",
        "rules": "Propose rules from what people changed in the drafts of a founder.",
        "score": "Show how much a draft is like its founder's earlier posts, and what makes it less so.",
    },
}


class OneCommand(typer.core.TyperCommand):
    """A command whose usage line names an argument as people know it: FILE, not {FILE}."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """An option whose value may be left out says so as ``--next [SLOT]``: alone, or before another option, it is empty."""
        optional = {name for param in self.params for name in param.opts if str(param.metavar).startswith("[")}
        full: list[str] = []
        for word, following in zip(args, [*args[1:], "-"], strict=False):
            full.append(word)
            if word.startswith("--") and word in optional and following.startswith("-"):
                full.append("")
        return super().parse_args(ctx, full)


class LazyCommands(typer.core.TyperGroup):
    """A group that imports a command's module only to run it or to show its own help."""

    @property
    def table(self) -> dict[str, str]:
        """The names of its commands, and what each does."""
        return FAMILIES.get(self.name or "", COMMANDS)

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        return list(self.table)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name not in self.table:
            return super().get_command(ctx, cmd_name)
        function = function_of(cmd_name if self.table is COMMANDS else f"{self.name} {cmd_name}")
        one = typer.Typer(name=cmd_name, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        if self.table is COMMANDS and cmd_name in FAMILIES:
            one.callback(cls=Family, invoke_without_command=True, subcommand_metavar="[COMMAND]")(function)
        else:
            one.command(cmd_name, cls=OneCommand)(function)
        return typer.main.get_command(one)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if args and args[0] not in self.table and not args[0].startswith("-") and not ctx.resilient_parsing:
            name = f"{ctx.command_path} {args[0]}".removeprefix("contentkit ")
            raise UsageError(f"there is no command '{name}'", hint=nearest(args[0], self.table))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))


class Family(LazyCommands):
    """A command that has commands of its own: its function runs only when none of them is named."""

    def invoke(self, ctx: Context) -> Any:
        if not ctx._protected_args:
            return super().invoke(ctx)
        name, command, arguments = self.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
        assert command is not None
        if any(ctx.params.values()):
            raise UsageError(
                f"{ctx.info_name}: options stand behind '{name}'", hint=f"see '{ctx.command_path} {name} --help'"
            )
        with command.make_context(name, arguments, parent=ctx) as inner:
            return inner.command.invoke(inner)


def all_commands() -> dict[str, str]:
    """Every command by the words that start it, those of a command behind it, and what each does."""
    told: dict[str, str] = {}
    for name, words in COMMANDS.items():
        told[name] = words
        told |= {f"{name} {inner}": does for inner, does in FAMILIES.get(name, {}).items()}
    return told


def function_of(name: str) -> Callable[..., Any]:
    """The function of a command: ``post``, or ``accounts add`` for a command of a command. Imports its module.

    The module of ``import``, which is a word of Python, is called ``import_``.
    """
    module = name.translate({ord(" "): "_", ord("-"): "_"}) + "_" * iskeyword(name)
    command: Callable[..., Any] = import_module(f"contentkit.cli.{module}").command
    return command


app = typer.Typer(
    cls=LazyCommands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
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
    contentkit review                      what waits for an approval, on one screen
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
