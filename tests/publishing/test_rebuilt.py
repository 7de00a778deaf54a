"""A state folder that is lost: the receipts know what is out, and a takeover with a new approval goes on behind it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from contentkit.testing.faulty_proxy import FaultyProxy
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer


def test_a_thread_that_was_out_on_one_network_and_half_way_on_the_other_is_ended_and_nothing_is_twice(
    tmp_path: Path,
) -> None:
    with CompatibleServer() as mastodon, XServer() as x, FaultyProxy(x.url, ["pass", "server_error", "pass"]) as proxy:
        secrets = {"mastodon_token": mastodon.token, **{f"x_{name}": key for name, key in x.keys.as_secrets().items()}}
        accounts = {"mastodon": ("mastodon", mastodon.url), "x": ("x", proxy.url)}
        project = ProjectOnDisk.with_accounts(tmp_path / "project", accounts, secrets, settle="0s")
        project.write_draft(list(THREAD))
        project.approve_now()
        project.run("post", code=4)
        assert (mastodon.threads(), x.threads()) == ([list(THREAD)], [list(THREAD[:1])])

        shutil.rmtree(project.state)
        project.run("takeover", "--yes")
        project.run("approve", "launch", "--by", "Ana", "--yes")
        project.run("post")
        project.run("post")
        assert project.run("status").stdout == "Nothing waits for a person.\n"
        assert (mastodon.threads(), x.threads()) == ([list(THREAD)], [list(THREAD)])
    raw = sqlite3.connect(project.state / "journal.db")
    claims = raw.execute("SELECT count(*) FROM claims").fetchone()[0]
    raw.close()
    assert claims == 0, "what receipts said was seen on the network"
