"""What a person sees of a model at work, and what is left of it: answers in the cache, usage in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from contentkit.drafting.modelling.completions import LONGEST_ANSWER
from tests.cli.shell import CONFIG, Shell, finished, interrupt, wait_until
from tests.drafting.model_server import ModelServer, Script, fails, says, thread

NOTE = """# A Monday without tills

Our database froze on a Monday, and 300 shops could not open their tills.

The restore took eleven hours because the backup lived on another continent.

We now restore a random backup every night and publish how long it took.
"""
JSON = thread(
    ("300 shops could not open their tills on a Monday.", ["S1"]),
    ("The restore took 11 hours: the backup lived on another continent.", ["S2"]),
)
CACHE = "cache/contentkit/answers"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("notes/monday.md", NOTE)
    return shell


@contextmanager
def model(shell: Shell, script: Script, more: str = "") -> Iterator[ModelServer]:
    with ModelServer(script).running() as server:
        table = f'[drafter]\nname = "openai"\nbase_url = "{server.base_url}"\nmodel = "tiny"\n{more}'
        shell.write("contentkit.toml", f"{CONFIG}\n{table}")
        yield server


def usage(shell: Shell) -> list[Any]:
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as database:
        return database.execute(
            "SELECT draft, model, requests, tokens_in, tokens_out, micros, estimated FROM model_usage"
        ).fetchall()


def drafts(shell: Shell, *options: str) -> Any:
    return shell.run("draft", "notes/monday.md", *options, variables={"XDG_CACHE_HOME": str(shell.home / "cache")})


def test_what_a_draft_took_is_told_and_noted(shell: Shell) -> None:
    with model(shell, [says(JSON, took=(4210, 612))], "price = { input = 0.25, output = 2.00 }\n"):
        ran = drafts(shell)
    assert ran.code == 0
    assert "1 request to tiny: 4,210 tokens in, 612 out, $0.0022765.\n" in ran.err
    assert "\r" not in ran.err, "a pipe gets no line that grows"
    assert usage(shell) == [("a-monday-without-tills", "tiny", 1, 4210, 612, 2277, 0)]


def test_the_same_draft_again_asks_nobody_unless_it_is_told_to(shell: Shell) -> None:
    with model(shell, [says(JSON)]) as server:
        for slug in ("one", "two"):
            assert drafts(shell, "--slug", slug).code == 0
        assert len(server.received) == 1
        assert drafts(shell, "--slug", "three", "--no-cache").code == 0
        assert len(server.received) == 2
    [kept] = (shell.home / CACHE).iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(usage(shell)) == 2


def test_a_cache_that_others_can_read_is_refused_with_the_way_out(shell: Shell) -> None:
    (shell.home / CACHE).mkdir(parents=True, mode=0o755)
    with model(shell, [says(JSON)]) as server:
        ran = drafts(shell)
        assert (ran.code, server.received) == (1, [])
    assert "is not a folder for you alone" in ran.err
    assert "--no-cache" in ran.err


def test_a_failed_draft_leaves_no_file_and_still_says_what_it_took(shell: Shell) -> None:
    with model(shell, [says("no")], "retries = 0\n"):
        ran = drafts(shell)
    assert ran.code == 1
    assert "--drafter extractive" in ran.err
    assert not (shell.project / "drafts").exists()
    assert usage(shell) == [("", "tiny", 5, 500, 100, None, 0)]


def test_beyond_a_cap_nothing_is_sent_and_the_offline_drafter_is_offered(shell: Shell) -> None:
    with model(shell, [says(JSON)], "max_tokens = 1000\n") as server:
        ran = drafts(shell)
        assert (ran.code, server.received) == (1, [])
    assert "might take more than 1,000 tokens (max_tokens)" in ran.err
    assert "--drafter extractive" in ran.err


def test_ctrl_c_ends_a_server_that_stalls_at_once_and_leaves_nothing_half_written(shell: Shell) -> None:
    server = ModelServer(lambda _: server.hang())
    with server.running():
        table = f'[drafter]\nname = "openai"\nbase_url = "{server.base_url}"\nmodel = "tiny"\n'
        shell.write("contentkit.toml", f"{CONFIG}\n{table}")
        before = {name for name in shell.files() if not name.startswith("contentkit.db")}
        process = shell.start("draft", "notes/monday.md", variables={"XDG_CACHE_HOME": str(shell.home / "cache")})
        wait_until(lambda: server.received)
        interrupt(process)
        ran = finished(process)
    assert ran.code == 130
    assert "Traceback" not in ran.err
    assert {name for name in shell.files() if not name.startswith("contentkit.db")} == before
    assert list((shell.home / CACHE).iterdir()) == []
    [(draft, name, requests, tokens_in, tokens_out, _, estimated)] = usage(shell)
    assert (draft, name, requests, estimated) == ("", "tiny", 1, 1)
    assert tokens_in > 100, "it was sent: the model may have read it"
    assert tokens_out == LONGEST_ANSWER, "nobody knows how much was answered: as much as there could be"


def test_the_key_stands_in_no_output_and_no_file(shell: Shell) -> None:
    key = "sk-secret-7f3a9c"
    with model(shell, [fails(401)], 'key = "MODEL_KEY"\n'):
        ran = shell.run(
            "draft", "notes/monday.md", variables={"MODEL_KEY": key, "XDG_CACHE_HOME": str(shell.home / "cache")}
        )
    assert ran.code == 1
    assert key not in ran.out + ran.err
    assert not any(key.encode() in path.read_bytes() for path in shell.home.rglob("*") if path.is_file())


def test_doctor_tells_what_a_draft_may_take_and_whose_eyes_may_see_the_answers(shell: Shell) -> None:
    cache = {"XDG_CACHE_HOME": str(shell.home / "cache")}
    with model(shell, [says(JSON)], "max_cost = 0.05\nprice = { input = 0.25, output = 2.00 }\n"):
        assert "a draft may take 100,000 tokens and $0.05" in shell.run("doctor", variables=cache).out
        (shell.home / CACHE).mkdir(parents=True, mode=0o755)
        ran = shell.run("doctor", variables=cache)
    assert ran.code == 1
    assert "is not a folder for you alone" in ran.out
