"""What is out is corrected by the installed command: in place, anew, by a reply, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from contentkit.publishing.lock import publisher_lock
from contentkit.testing.faulty_proxy import FaultyProxy
from tests.cli.published import ADDED, EDITED, MASTODON, SAID, Published
from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer

CORRECTED = [PARTS[0], EDITED, PARTS[2]]


@pytest.fixture
def out(shell: Shell) -> Iterator[Published]:
    with CompatibleServer(speaks=MASTODON) as server, XServer() as x:
        yield Published(shell, server, x)


def test_a_part_is_edited_at_its_address_and_nothing_is_posted(out: Published) -> None:
    out.publish("ours")
    addresses = [one.id for one in out.server.statuses]
    out.edit()
    ran = out.run("correct", "launch", "--yes", "--by", "Ben")
    assert (ran.code, "launch 2/3 on ours: edited: " in ran.out) == (0, True), ran
    assert "text: We threw the queue away, and [-made-]{+gave+} each account" in " ".join(ran.out.split())
    assert out.toots == [CORRECTED]
    assert [one.id for one in out.server.statuses] == addresses
    assert "there is nothing to correct" in out.run("correct", "launch", "--yes").out
    assert out.run("post").out == ""


def test_a_look_changes_nothing(out: Published) -> None:
    out.publish("ours")
    out.edit()
    before = out.shell.files()
    ran = out.run("correct", "launch", "--dry-run")
    assert (ran.code, "1 part edited in place" in ran.out) == (0, True)
    [told] = out.run("correct", "launch", "--dry-run", "--json").json["accounts"]
    assert (told["how"], told["changed"][0]["before"], told["changed"][0]["after"]) == ("edit", SAID, EDITED)
    assert (out.toots, out.shell.files()) == ([PARTS], before)


def test_nobody_is_corrected_unasked(out: Published) -> None:
    out.publish("ours")
    out.edit()
    ran = out.run("correct", "launch")
    assert (ran.code, "there is nobody to ask" in ran.err) == (2, True)
    ran = out.shell.run_in_terminal("correct", "launch", typed=b"n\n")
    assert (ran.code, "launch: nothing was changed" in ran.err) == (4, True), ran
    assert "Approved with it:" in ran.out
    assert out.shell.run_in_terminal("correct", "launch", typed=b"\x04").code == 130
    assert out.toots == [PARTS]
    assert out.shell.run_in_terminal("correct", "launch", typed=b"y\n").code == 0
    assert out.toots == [CORRECTED]


def test_an_approval_of_other_words_names_the_command(out: Published) -> None:
    out.publish("ours")
    out.edit()
    ran = out.run("approve", "launch", "--yes")
    assert (ran.code, "'contentkit correct launch' shows what can be done" in ran.err) == (1, True)


def test_on_x_a_plan_says_what_can_be_done_and_what_that_costs(out: Published) -> None:
    out.publish("ours-x")
    out.edit()
    asked = len(out.x.history)
    ran = out.run("correct", "launch", "--yes")
    assert ran.code == 4, ran
    told = " ".join(ran.out.split())
    assert "launch on ours-x: reads otherwise, and cannot be edited: 'x' changes nothing that is published:" in told
    assert "say below it what is right ($0.015, with a link $0.20): add a post to drafts/launch.md" in told
    assert "or take parts 2 to 3 down and post anew, for $0.05 ($0.02 and $0.03)" in told
    assert "contentkit correct launch --account ours-x --replace" in told
    assert (out.tweets, len(out.x.history)) == ([PARTS], asked)


def test_on_x_what_hangs_under_a_part_is_replaced_with_it(out: Published) -> None:
    out.publish("ours-x")
    out.edit()
    ran = out.run("correct", "launch", "--replace", "--yes", "--by", "Ben")
    assert ran.code == 0, ran
    happened = [line for line in ran.out.splitlines() if line.startswith("launch ") and "/3 on" in line]
    kinds = [(line.split()[1], line.split(": ")[1]) for line in happened]
    assert kinds == [("3/3", "deleted"), ("2/3", "deleted"), ("2/3", "sent"), ("3/3", "sent")]
    assert out.tweets == [CORRECTED]
    assert out.run("status").code == 0
    assert "there is nothing to correct" in out.run("correct", "launch", "--yes").out


@pytest.mark.parametrize("limit", ["budget = { month = 0.20 }", "caps = { day = 3 }"])
def test_nothing_is_taken_down_that_could_not_be_posted_anew(out: Published, limit: str) -> None:
    out.publish("ours-x")
    out.edit(PARTS[0], f"{PARTS[0]} Really.")
    config = out.shell.project / "contentkit.toml"
    config.write_text(config.read_text().replace('platform = "x"\n', f'platform = "x"\n{limit}\n'))
    ran = out.run("correct", "launch", "--replace", "--yes")
    assert (ran.code, out.tweets) == (4, [PARTS]), ran
    assert "launch on ours-x: could not be posted anew: " in ran.err
    assert out.run("correct", "launch", "--dry-run").code == 0


def test_on_x_a_post_that_is_added_says_what_is_right(out: Published) -> None:
    out.publish("ours-x")
    out.edit()
    out.add()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "launch 4/4 on ours-x: sent: " in ran.out) == (0, True), ran
    assert out.tweets == [[*PARTS, ADDED]]


def test_both_at_once_edits_where_that_can_be_and_asks_about_the_rest(out: Published) -> None:
    out.publish("ours", "ours-x")
    out.edit()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots, out.tweets) == (4, [CORRECTED], [PARTS]), ran
    assert out.run("correct", "launch", "--yes").code == 4
    out.add(only="x")
    assert out.run("correct", "launch", "--yes").code == 0
    assert (out.toots, out.tweets) == ([CORRECTED], [[*PARTS, ADDED]])


@pytest.mark.nightly
def test_one_account_is_corrected_by_its_name(out: Published) -> None:
    out.publish("ours", "ours-x")
    out.edit()
    ran = out.run("correct", "launch", "--account", "ours", "--yes")
    assert (ran.code, out.toots, out.tweets) == (0, [CORRECTED], [PARTS]), ran
    assert out.run("correct", "launch", "--account", "ours-x", "--replace", "--yes").code == 0
    assert (out.toots, out.tweets) == ([CORRECTED], [CORRECTED])


def test_what_the_draft_no_longer_has_is_taken_down_only_on_demand(out: Published) -> None:
    out.publish("ours")
    out.drop_last()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "part 3 is no longer in the draft" in ran.out, out.toots) == (4, True, [PARTS]), ran
    ran = out.run("correct", "launch", "--yes", "--replace")
    assert (ran.code, out.toots) == (0, [PARTS[:2]]), ran


@pytest.mark.nightly
def test_more_posts_follow_below_what_is_edited(out: Published) -> None:
    out.publish("ours")
    out.edit()
    out.add()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots) == (0, [[*CORRECTED, ADDED]]), ran
    assert "launch on ours: part 4 of 4 goes out below it:" in ran.out


def test_what_was_taken_down_does_not_come_back_with_a_correction(out: Published) -> None:
    out.publish("ours")
    assert out.run("retract", "launch", "--from", "3", "--yes").code == 0
    out.edit()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "was taken down, and still stands in the draft" in ran.err) == (1, True), ran
    out.drop_last()
    assert out.run("correct", "launch", "--yes").code == 0
    assert out.toots == [CORRECTED[:2]]


def test_an_entry_that_was_moved_since_is_edited_and_not_posted_anew(out: Published) -> None:
    out.publish("ours", "ours-x")
    out.edit()
    out.shell.enter(entry("launch", at=time_in(seconds=-20), accounts="ours, ours-x"))
    ran = out.run("correct", "launch", "--yes", "--replace")
    assert (ran.code, out.toots, out.tweets) == (4, [CORRECTED], [PARTS]), ran
    assert "contentkit retract launch --account ours-x" in ran.out


def test_what_is_not_out_yet_elsewhere_is_shown_and_approved_with_it(out: Published) -> None:
    out.publish("ours")
    out.edit()
    out.enter("ours", "ours-x")
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots, out.tweets) == (0, [CORRECTED], [CORRECTED]), ran
    _, _, shown = ran.out.partition("launch on ours-x: not out yet, and approved with it:")
    assert EDITED in shown


@pytest.mark.nightly
def test_who_may_see_a_post_is_settled_when_it_is_published(out: Published) -> None:
    out.publish("ours")
    out.shell.enter(entry("launch", at=time_in(minutes=-1), accounts="ours", more="visibility: unlisted"))
    ran = out.run("correct", "launch", "--replace", "--yes")
    assert ran.code == 4, ran
    assert "others see it in the draft" in ran.out
    assert "contentkit retract launch --account ours" in ran.out


def test_what_became_confidential_is_corrected_without_being_repeated(out: Published) -> None:
    out.publish("ours")
    out.shell.write("confidential.txt", "a lane of its own\n")
    out.edit(SAID, "We threw the queue away.")
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "lane of its own" in ran.out + ran.err) == (0, False), ran
    assert "in words that nobody may repeat" in ran.out
    assert out.toots[0][1] == "We threw the queue away."


def test_the_rest_of_a_thread_that_had_begun_goes_out_with_the_correction(out: Published) -> None:
    with FaultyProxy(out.server.url, ["pass", "refuse"]) as proxy:
        out.connect(proxy.url)
        out.enter("ours")
        assert out.run("approve", "launch", "--yes").code == 0
        assert out.run("post").code == 4
        out.edit(PARTS[0], f"{PARTS[0]} Really.")
        out.edit()
        ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots) == (0, [[f"{PARTS[0]} Really.", EDITED, PARTS[2]]]), ran


def test_a_paused_entry_is_corrected_once_it_is_not(out: Published) -> None:
    out.publish("ours")
    out.edit()
    assert out.run("pause", "launch").code == 0
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots) == (0, [PARTS]), ran
    assert "1 change still to come: it is paused: contentkit unpause launch" in ran.err
    [row] = out.run("queue", "--json").json
    assert (row["state"], row["who"], row["next"]) == ("planned", "you", ["contentkit unpause launch"])
    assert out.run("unpause", "launch").code == 0
    assert out.run("post", "--dry-run").err.startswith("launch 2/3 on ours: would be edited: ")
    assert out.run("post").code == 0
    assert out.toots == [CORRECTED]


def test_an_edit_by_hand_is_not_written_over_unasked(out: Published) -> None:
    out.publish("ours")
    out.server.edit(out.server.statuses[1].id, "Somebody was here.")
    out.edit()
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "it was edited there by hand" in ran.out) == (4, True), ran
    assert "launch on ours: held: the edit of part 2: it was edited there by hand" in out.run("status").out
    assert out.run("resolve", "launch", "--json").json[0]["kind"] == "edit"
    assert out.run("resolve", "launch", "--again").code == 0
    assert out.run("post").code == 0
    assert out.toots == [CORRECTED]


@pytest.mark.nightly
def test_other_line_breaks_are_a_correction(out: Published) -> None:
    out.publish("ours")
    draft = out.shell.project / "drafts/launch.md"
    broken = SAID.replace("away, and", "away,\n\nand")
    draft.write_text(draft.read_text().replace(SAID, broken))
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots[0][1]) == (0, broken), ran


@pytest.mark.nightly
def test_while_a_run_is_at_work_nothing_is_decided(out: Published) -> None:
    out.publish("ours")
    out.edit()
    out.add()
    with publisher_lock(out.shell.state, datetime.now(UTC)):
        ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "'contentkit post' is at work" in ran.err, out.toots) == (2, True, [PARTS]), ran


def test_problems_stand_in_the_way_as_they_do_of_an_approval(out: Published) -> None:
    out.publish("ours")
    draft = out.shell.project / "drafts/launch.md"
    draft.write_text(draft.read_text().replace(SAID, f"{SAID} It is 250 times as fast."))
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "CK201" in ran.err, out.toots) == (4, True, [PARTS]), ran


def test_what_is_not_out_cannot_be_corrected(out: Published) -> None:
    out.connect()
    out.enter("ours")
    ran = out.run("correct", "launch", "--dry-run")
    assert (ran.code, "launch: nothing of it is out" in ran.err) == (2, True)
    assert "did you mean 'launch'?" in out.run("correct", "lunch", "--dry-run").err
    ran = out.run("correct", "launch", "--account", "ours-x", "--dry-run")
    assert (ran.code, "launch is not for 'ours-x'" in ran.err) == (2, True)


def test_while_publishing_is_stopped_it_is_decided_and_done_later(out: Published) -> None:
    out.publish("ours")
    out.edit()
    out.run("stop")
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, "it is done after 'contentkit start'" in ran.err, out.toots) == (0, True, [PARTS])
    [row] = out.run("queue", "--json").json
    assert (row["state"], row["who"]) == ("planned", "you")
    assert row["why"].startswith("the edit of part 2: publishing is stopped")
    out.run("start")
    assert "launch 2/3 on ours: edited: " in out.run("post").out
    assert out.toots == [CORRECTED]


def test_without_the_network_it_is_left_to_the_next_run_and_may_be_decided_anew(out: Published) -> None:
    out.publish("ours")
    out.edit()
    with FaultyProxy(out.server.url, ["too_many"]) as proxy:
        out.connect(proxy.url)
        ran = out.run("correct", "launch", "--yes")
        assert (ran.code, "1 change still to come: the next 'contentkit post' goes on" in ran.err) == (1, True), ran
        assert "the edit of part 2" in out.run("queue").out
    out.connect()
    out.edit(EDITED, f"{EDITED} Really.")
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, out.toots[0][1]) == (0, f"{EDITED} Really."), ran
