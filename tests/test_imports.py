"""What a command may load: a help text and a run of cron each minute must not pay for what they do not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from contentkit.store.database import has_database, open_database
from contentkit.testing.loopback import Answer, LoopbackServer
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

READERS = {"mammoth", "trafilatura", "lxml", "feedparser"}
NEVER = {"openai", "tweepy", "mastodon", "textual", "httpx", "pydantic", "keyring", "tomlkit", "matplotlib"} | READERS
NETWORK = {"requests", "urllib3", "ssl", "http.client", "idna", "certifi"}
TERMINAL = {"rich", "markdown_it", "pygments"}
FILES = {"yaml", "sqlite_utils", "contentkit.sources", "contentkit.drafting", "contentkit.checks"}
_RUN = """
import sys
from contentkit.cli.main import main
sys.argv = ["contentkit", *sys.argv[1:]]
try:
    main()
finally:
    sys.stderr.write("\\n".join(sorted(sys.modules)))
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    shell.enter(entry("launch", at=time_in(days=1)))
    return shell


def loaded_by(shell: Shell, *arguments: str) -> set[str]:
    """The modules in memory when the command ends."""
    ran = shell.ran([sys.executable, "-c", _RUN, *arguments])
    assert ran.code == 0
    return set(ran.err.splitlines())


@pytest.mark.parametrize(
    "command", ["--help", "--version", "post --help", "draft --help", "accounts --help", "accounts add --help"]
)
def test_a_help_text_loads_nothing_but_the_command_line(shell: Shell, command: str) -> None:
    loaded = loaded_by(shell, *command.split())
    assert not loaded & (NEVER | NETWORK | TERMINAL | FILES | {"sqlite3", "contentkit.publishing"})


def test_who_reads_figures_does_not_load_what_makes_databases(shell: Shell) -> None:
    open_database(shell.project).close()
    for command in ("stats", "db"):
        assert not loaded_by(shell, command) & {"sqlite_utils", "numpy"}


def test_a_run_with_nothing_due_loads_neither_network_nor_terminal_nor_yaml(shell: Shell) -> None:
    assert not loaded_by(shell, "post") & (NEVER | NETWORK | TERMINAL | FILES)
    assert shell.run("approve", "launch", "--yes").code == 0
    assert not loaded_by(shell, "post") & (NEVER | NETWORK | TERMINAL)
    quiet = loaded_by(shell, "post")
    assert not quiet & FILES, "the calendar did not change since the last run"
    assert not quiet & {"decimal", "contentkit.money.ledger", "contentkit.money.prices"}, (
        "nothing is paid when nothing is due"
    )


def test_a_run_that_posts_what_was_approved_loads_no_http_library_and_reads_no_source(shell: Shell) -> None:
    with CompatibleServer() as server:
        shell.connect(server.url)
        secrets = shell.home / "config/contentkit/secrets.toml"
        secrets.parent.mkdir(parents=True)
        secrets.touch(mode=0o600)
        secrets.write_text(f'[ours]\ntoken = "{server.token}"\n')
        shell.enter(entry("launch", at=time_in(minutes=-1), accounts="ours"))
        assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
        loaded = loaded_by(shell, "post")
        assert len(server.statuses) == 3
    assert not loaded & (NEVER | NETWORK | TERMINAL | {"oauthlib", "email.parser", "tempfile"})
    assert not loaded & {"contentkit.sources", "contentkit.checks"}


def test_a_draft_loads_neither_what_makes_databases_nor_what_reads_packages(shell: Shell) -> None:
    loaded = loaded_by(shell, "draft", "notes/call.md")
    assert has_database(shell.project), "it is made by the first draft"
    assert not loaded & {"sqlite_utils", "numpy", "pluggy", "importlib.metadata", "importlib.resources", "email.utils"}
    assert not loaded & {"contentkit.cli.drafting.anew", "contentkit.cli.drafting.stories"}


@pytest.mark.parametrize("command", ["queue", "status", "accounts", "stats", "sync"])
def test_a_look_into_a_pipe_loads_neither_network_nor_terminal(shell: Shell, command: str) -> None:
    assert not loaded_by(shell, command) & (NEVER | NETWORK | TERMINAL)


@pytest.mark.parametrize("command", ["draft notes/call.md", "check", "approve launch --yes"])
def test_work_at_the_desk_in_a_pipe_loads_neither_network_nor_terminal(shell: Shell, command: str) -> None:
    assert not loaded_by(shell, *command.split()) & (NEVER | NETWORK | {"rich"})


def test_reading_from_x_does_without_the_library_that_publishes() -> None:
    code = """
import sys
from pathlib import Path
from contentkit.models import Account
from contentkit.platforms.x import X
X().connect(Account(name="a", platform="x", server=sys.argv[1]), dict.fromkeys(X.secrets, "k"), Path()).identity()
print(*sys.modules)
"""
    me = Answer(status=200, body=b'{"data": {"id": "1", "username": "me"}}')
    with LoopbackServer(lambda request: me) as x:
        done = subprocess.run([sys.executable, "-c", code, x.url], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"tweepy", "mastodon"}


@pytest.mark.parametrize(
    "module",
    [
        "errors",
        "models",
        "text",
        "counters.x",
        "counters.mastodon",
        "drafts",
        "config",
        "secrets.credentials",
        "places",
    ],
)
def test_the_ground_floor_stands_alone(module: str) -> None:
    code = f"import sys, contentkit.{module}; print(*[m for m in sys.modules if m.startswith('contentkit.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    folders = {name.split(".")[1] for name in done.stdout.split()}
    assert not folders & {
        "cli",
        "views",
        "sources",
        "drafting",
        "checks",
        "calendar",
        "publishing",
        "platforms",
        "store",
        "web",
    }
