"""The same thread with pictures on Mastodon and on X, by the installed command: killed at each of its requests, and resumed.

Before and after the server has handled a request, of whatever kind: who are we, what is there, an upload, a creation, a
look. Whatever happens: nothing twice, nothing out of order, nothing without its picture, each doubt visible, and nothing
billed that the ledger does not know of.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from contentkit.testing.faulty_proxy import FaultyProxy
from tests.publishing.pictures import png
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer
from tests.started import Started

pytestmark = pytest.mark.matrix

PICTURES = {0: "![A light square](images/light.png)", 1: "![A dark square](images/dark.png)"}
NETWORKS = ("mastodon", "x")
# More than a whole thread takes on either network: the last ones are killed after everything is done.
REQUESTS = [number if number % 18 == 0 else pytest.param(number, marks=pytest.mark.nightly) for number in range(24)]


@contextmanager
def _world(
    folder: Path, slow: str, script: list[str]
) -> Iterator[tuple[ProjectOnDisk, dict[str, list[str]], FaultyProxy]]:
    """A project with an account on each network; every request to ``slow`` goes through a proxy with this script.

    Yields the project, what each network has (filled in at the end) and the proxy.
    """
    with ExitStack() as stack:
        mastodon, x = stack.enter_context(CompatibleServer()), stack.enter_context(XServer())
        urls = {"mastodon": mastodon.url, "x": x.url}
        proxy = stack.enter_context(FaultyProxy(urls[slow], script, matches=lambda request: True))
        urls[slow] = proxy.url
        secrets = {"mastodon_token": mastodon.token, **{f"x_{name}": key for name, key in x.keys.as_secrets().items()}}
        accounts = {name: (name, url) for name, url in urls.items()}
        project = ProjectOnDisk.with_accounts(folder / "project", accounts, secrets, settle="0s")
        (project.root / "drafts/images").mkdir()
        (project.root / "drafts/images/light.png").write_bytes(png(200))
        (project.root / "drafts/images/dark.png").write_bytes(png(20))
        project.write_draft(list(THREAD), pictures=PICTURES)
        project.approve_now()
        there: dict[str, list[str]] = {}
        yield project, there, proxy
        there["mastodon"] = [status.text for status in mastodon.statuses]
        there["x"] = [status.text for status in x.statuses]
        assert _noted(project) >= x.spent * 1000, "billed more than the ledger knows of"
        there["pictures"] = [str(len(one.pictures)) for one in mastodon.statuses] + [
            str(len(one.media)) for one in x.statuses
        ]


def _noted(project: ProjectOnDisk) -> int:
    """What the ledger says of X, in millionths of a dollar."""
    raw = sqlite3.connect(project.state / "journal.db")
    total = raw.execute("SELECT coalesce(sum(micros), 0) FROM ledger WHERE account = 'x'").fetchone()[0]
    raw.close()
    return int(total)


def _states(project: ProjectOnDisk, account: str) -> list[str]:
    raw = sqlite3.connect(project.state / "journal.db")
    query = "SELECT state FROM publications WHERE account = ? AND state <> 'skipped' ORDER BY part"
    states = [row[0] for row in raw.execute(query, (account,))]
    raw.close()
    return states


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("window", ["hold", "hold_before"])
@pytest.mark.parametrize("number", REQUESTS)
def test_killed_at_any_request_and_resumed(number: int, window: str, network: str, tmp_path: Path) -> None:
    with _world(tmp_path, network, [*["pass"] * number, window]) as (project, there, proxy):
        process = project.start("post")
        reached = _held_or_ended(proxy, process)
        process.kill()
        process.communicate()
        proxy.release()
        # What was slow arrives at last, while the first run after the kill is already looking.
        codes = [project.run("post", code=None).returncode for _ in range(4)]
        told = project.run("status", code=None).returncode
        states = {name: _states(project, name) for name in NETWORKS}

    for name in NETWORKS:
        texts = there[name]
        assert texts == list(THREAD[: len(texts)]), "twice, lost or out of order"
        for text, state in zip(THREAD, states[name], strict=True):
            assert (text in texts) == (state == "sent") or state == "held", "lost in silence"
        if "held" in states[name]:
            assert 4 in codes
            assert told == 4
        else:
            assert states[name] == ["sent"] * 3
    other = "x" if network == "mastodon" else "mastodon"
    assert states[other] == ["sent"] * 3, "one account's trouble is not another's"
    if window == "hold" or not reached:
        assert states[network] == ["sent"] * 3, "what the server had handled is found, what it had not is sent"
        assert there["pictures"] == ["1", "1", "0"] * 2


def _held_or_ended(proxy: FaultyProxy, process: Started) -> bool:
    """Waits until a request is held; False when the program ended before there were so many."""
    while process.poll() is None:
        with suppress(TimeoutError):
            proxy.wait_until_held(timeout=0.05)
            return True
    return False
