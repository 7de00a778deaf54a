from __future__ import annotations

from tests.cli.shell import DRAFT, NOTE, PARTS, Shell, entry, time_in
from tests.cli.test_queue import DUE, approved, reply_by_hand
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


def test_resolve_refuses_a_strangers_post_and_other_words(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables=token)
        posted = reply_by_hand(server, server.statuses[0].id, "Quite other words.")
        address = f"{server.url}/@us/{posted}"
        ran = shell.run("resolve", "launch", "--published", address, variables=token)
        assert (ran.code, "has other words" in ran.err) == (1, True)
        assert shell.run("resolve", "launch", "--published", address, "--edited", variables=token).code == 0
        assert shell.run("post", variables=token).code == 0
        assert server.threads() == [[PARTS[0], "Quite other words.", PARTS[2]]]


def test_a_part_that_may_be_out_must_be_resolved_before_it_is_approved_anew(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["drop"]) as proxy:
        shell.connect(proxy.url, settle="0s")
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        for _ in range(3):
            shell.run("post", variables=token)
        assert [row["state"] for row in shell.run("queue", "--json").json] == ["held"]
        shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
        shell.write("notes/call.md", NOTE.replace("threw", "tossed"))
        ran = shell.run("approve", "launch", "--yes")
        assert (ran.code, "resolve it first" in ran.err) == (4, True)


def test_again_is_refused_while_the_draft_is_not_what_was_approved(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    assert shell.run("post").code == 4
    ran = shell.run("resolve", "launch", "--again")
    assert (ran.code, "edited since its approval" in ran.err, "approve it again" in ran.err) == (4, True, True)


def test_a_way_out_of_a_doubt_is_offered_only_once_it_is_open(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["drop"]) as proxy:
        shell.connect(proxy.url)
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
        assert shell.run("resolve", "launch", "--skip").code == 2
        shown = shell.run("status").out
        assert ("contentkit looks for it" in shown, "--skip" in shown) == (True, False)
        shell.connect(proxy.url, settle="0s")
        assert "resolve launch --account ours --skip" in shell.run("status").out


def test_a_doubt_on_a_server_that_is_gone_can_be_given_up(shell: Shell) -> None:
    with CompatibleServer() as server:
        with FaultyProxy(server.url, ["drop"]) as proxy:
            shell.connect(proxy.url, settle="0s")
            token = {"CONTENTKIT_OURS_TOKEN": server.token}
            approved(shell, entry("launch", at=DUE, accounts="ours"))
            shell.run("post", variables=token)
        assert [row["state"] for row in shell.run("queue", "--json").json] == ["unknown"]
    shell.run("post", variables=token)
    ran = shell.run("resolve", "launch", "--skip")
    assert (ran.code, "3 parts skipped" in ran.out) == (0, True)
    assert shell.run("post", variables=token).out == ""


def test_a_cron_that_finds_another_state_folder_does_not_stay_silent(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    elsewhere = {"XDG_STATE_HOME": str(shell.home / "elsewhere")}
    ran = shell.run("post", variables=elsewhere)
    assert (ran.code, "launch on try: NOT PUBLISHED: the calendar says that" in ran.out) == (4, True)
    assert (shell.run("post", variables=elsewhere).code, shell.run("status", variables=elsewhere).code) == (0, 4)
    assert shell.run("post").code == 0


def test_a_void_approval_is_told_by_status_before_the_hour_comes(shell: Shell) -> None:
    approved(shell, entry("launch", at=time_in(hours=5)))
    assert shell.run("status").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    ran = shell.run("status")
    assert (ran.code, "will not go out: edited since its approval" in ran.out) == (4, True)
    assert (shell.run("post").code, shell.run("post").out) == (0, "")


def test_the_token_of_another_account_resolves_nothing(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["refuse"]) as proxy:
        shell.connect(proxy.url)
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    with CompatibleServer() as other:
        config = (shell.project / "contentkit.toml").read_text()
        shell.write("contentkit.toml", config.replace(proxy.url, other.url))
        token = {"CONTENTKIT_OURS_TOKEN": other.token}
        ran = shell.run("resolve", "launch", "--published", f"{other.url}/@us/1", variables=token)
        assert (ran.code, "logged in as another account" in ran.err) == (1, other.account_id != server.account_id)


def test_receipts_that_cannot_be_read_stop_nothing_and_hide_nothing(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    (shell.project / "receipts.jsonl").mkdir()
    ran = shell.run("post")
    assert (ran.code, ran.out.count(": sent")) == (0, 3)
    assert "receipts.jsonl" in ran.err


def test_a_thread_begun_by_a_lost_journal_is_not_forgotten(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    assert shell.run("post").code == 0
    lines = (shell.project / "receipts.jsonl").read_text().splitlines(keepends=True)
    (shell.project / "receipts.jsonl").write_text(lines[0])
    for path in shell.state.iterdir():
        path.unlink()
    ran = shell.run("post")
    assert (ran.code, "NOT PUBLISHED" in ran.out) == (4, True)
    assert shell.run("status").code == 4


def test_one_post_cannot_be_two_parts_whatever_receipts_say(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    assert shell.run("post").code == 0
    path = shell.project / "receipts.jsonl"
    path.write_text(path.read_text() + path.read_text().replace('"launch"', '"again"'))
    shell.enter(entry("launch", at=DUE), entry("again", at=DUE))
    ran = shell.run("approve", "again", "--yes")
    assert (ran.code, "to two parts" in ran.err) == (4, True)
