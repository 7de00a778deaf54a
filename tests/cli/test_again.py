"""``contentkit again``: what to say again, and a draft of it that goes the way of every draft."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from contentkit.store.database import database_in
from tests.cli.shell import DRAFT, PARTS, Shell, entry
from tests.stats.measuring import publish

NOW = datetime.now(UTC).replace(microsecond=0)
EVERGREEN = "A lane for each account: what we learnt of four schedulers that nobody was proud of."


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def know(shell: Shell) -> None:
    """Eight usual threads of long ago, ``launch`` that had five times as much, and a post of before contentkit."""
    with database_in(shell.project) as database:
        for number in range(8):
            publish(database, f"usual-{number}", [[(168, 10 + number, 0, 0)]], begun_at=days_ago(400 - number))
        publish(
            database, "launch", [[(168, 60, 5, 2)], [(168, 3, 0, 0)], [(168, 1, 0, 0)]], begun_at=days_ago(200),
            facts={"draft": "drafts/launch.md"},
        )  # fmt: skip
        publish(database, "before", [[(2160, 90, 0, 0)]], begun_at=days_ago(300))
        for number in range(6):
            publish(database, f"older-{number}", [[(2160, 12, 0, 0)]], begun_at=days_ago(320 - number))
        for part, text in enumerate(PARTS):
            database.conn.execute(
                "UPDATE published_parts SET text = ? WHERE entry = 'launch' AND part = ?", (text, part)
            )
        database.conn.execute(
            "UPDATE published_parts SET text = ?, entry = NULL, origin = 'archive' WHERE entry = 'before'", (EVERGREEN,)
        )


def test_without_figures_nothing_is_proposed_and_nothing_made(shell: Shell) -> None:
    before = shell.files()
    ran = shell.run("again")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No thread of the last three years is known")
    assert shell.run("again", "--json").json == {"proposals": [], "more": 0, "left_out": []}
    assert shell.run("again", "launch").code == 2
    assert shell.files() == before


def test_the_best_stand_first_and_no_more_than_are_asked_for(shell: Shell) -> None:
    know(shell)
    ran = shell.run("again", "--limit", "1")
    assert [row[10] for row in ran.rows[1:]] == ["https://social.example/before-0"]
    assert ran.err.splitlines()[:2] == [
        "2 of 16 threads did so much better than usual, and can be said again.",
        "Shown are the best 1: --limit N shows more.",
    ]
    told = shell.run("again", "--limit", "1", "--json").json
    assert (len(told["proposals"]), told["more"]) == (1, 1)
    assert "--limit" not in shell.run("again").err


def test_what_did_better_than_usual_is_proposed_with_its_reasons(shell: Shell) -> None:
    know(shell)
    ran = shell.run("again")
    assert ran.err.startswith("2 of 16 threads did so much better than usual")
    rows = ran.rows
    assert [(row[6], row[7], row[9]) for row in rows[1:]] == [("ours", "", ""), ("ours", "launch", "")]
    ratio, low, high, n, engagement, age = rows[2][:6]
    assert (engagement, age, n) == ("71", "168", "8")
    assert 1.5 < float(low) <= float(ratio) <= float(high)
    shown = shell.run_in_terminal("again").out.replace("\r\n", "\n")
    assert "    contentkit again launch\n" in shown
    assert "    contentkit again https://social.example/before-0\n" in shown
    assert f"    {PARTS[0]}\n" in shown
    assert max(map(len, shown.splitlines())) <= 110


def test_a_copy_of_its_draft_is_written_letter_for_letter_and_no_other_file_touched(shell: Shell) -> None:
    know(shell)
    before = shell.files()
    ran = shell.run("again", "launch")
    assert (ran.code, ran.out) == (0, "drafts/launch-again.md\n")
    assert "contentkit check drafts/launch-again.md" in ran.err
    assert (shell.project / "drafts/launch-again.md").read_text() == DRAFT
    after = {name: data for name, data in shell.files().items() if "launch-again" not in name}
    assert {name: data for name, data in after.items() if not name.startswith("contentkit.db")} == {
        name: data for name, data in before.items() if not name.startswith("contentkit.db")
    }
    assert "was made before" not in ran.err
    ran = shell.run("again", "launch")
    assert ran.out == "drafts/launch-again-2.md\n"
    assert ran.err.startswith("drafts/launch-again.md was made before: look whether it still waits.\n")
    assert shell.run("queue").out == ""


def test_the_check_tells_that_a_copy_repeats_what_is_out(shell: Shell) -> None:
    know(shell)
    shell.run("again", "launch")
    assert "CK360: the same words as drafts/launch.md:6" in shell.run("check", "drafts/launch-again.md").out


def test_a_draft_that_waits_and_a_repetition_that_is_out_keep_a_thread_from_the_list(shell: Shell) -> None:
    know(shell)
    shell.run("again", "launch")
    assert [row[7] for row in shell.run("again").rows[1:]] == [""]
    rows = shell.run("again", "--all").rows[1:]
    assert [(row[7], row[9]) for row in rows] == [("", ""), ("launch", "waits already")]
    shell.enter(entry("second", at=f"{days_ago(-3):%Y-%m-%d %H:%M}", draft="drafts/launch-again.md", accounts="try"))
    assert len(shell.run("again").rows) == 3, "it waits on another account"
    with database_in(shell.project) as database:
        publish(database, "second", [[]], begun_at=days_ago(20), facts={"draft": "drafts/launch-again.md"})
        database.conn.execute("UPDATE published_parts SET text = ? WHERE entry = 'second'", (PARTS[0],))
    assert [(row[7], row[9]) for row in shell.run("again", "--all").rows[1:]] == [
        ("", ""),
        ("launch", "said again since"),
    ]


def test_the_rest_is_as_long_as_the_settings_or_the_option_say(shell: Shell) -> None:
    know(shell)
    assert [row[7] for row in shell.run("again", "--cooldown", "250").rows[1:]] == [""]
    settings = shell.project / "contentkit.toml"
    settings.write_text(f"{settings.read_text()}\n[again]\ncooldown_days = 350\n")
    assert shell.run("again").out == ""
    ran = shell.run("again", "launch")
    assert "on ours: it rests for 350 days there." in ran.err
    settings.write_text(settings.read_text().replace("cooldown_days = 350", "cooldown_days = 0"))
    assert "'cooldown_days' must be a whole number" in shell.run("again").err
    settings.write_text(settings.read_text().replace("cooldown_days = 0", "cooldown_days = 99999999999"))
    ran = shell.run("again")
    assert (ran.code, "1 to 36500" in ran.err) == (1, True)
    settings.write_text(settings.read_text().replace("cooldown_days = 99999999999", "cooldown_days = 36500"))
    assert shell.run("again").code == 0
    assert shell.run("again", "--cooldown", "99999999999").code == 2


def test_of_a_post_without_a_draft_the_words_are_taken(shell: Shell) -> None:
    know(shell)
    ran = shell.run("again", "https://social.example/before-0")
    path = shell.project / ran.out.strip()
    assert (ran.code, path.name) == (0, "a-lane-for-each-account-what-we-learnt-again.md")
    assert EVERGREEN in path.read_text()
    assert "no post says what it rests on" in ran.err
    assert shell.run("check", ran.out.strip()).code == 1


def test_hostile_words_become_no_notes_and_steer_nothing(shell: Shell) -> None:
    know(shell)
    hostile = "\x1b[2J\u202eA lane <!-- evidence: notes/call.md#L3 -->\n---\nfor each"
    with database_in(shell.project) as database:
        database.conn.execute("UPDATE published_parts SET text = ? WHERE origin = 'archive'", (hostile,))
    assert not {"\x1b", "\u202e"} & set(shell.run_in_terminal("again").out)
    name = shell.run("again", "https://social.example/before-0").out.strip()
    words = (shell.project / name).read_text()
    assert not {"\x1b", "\u202e"} & set(words)
    assert shell.run("check", name).out.count("CK101") == 1, "one post, and nothing that it rests on"


def test_an_unknown_post_names_the_nearest_and_options_belong_to_the_list(shell: Shell) -> None:
    know(shell)
    ran = shell.run("again", "lanch")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'launch'?" in ran.err
    assert shell.run("again", "launch", "--all").code == 2
    assert shell.run("again", "--account", "whose").code == 1


def test_a_draft_outside_of_the_project_is_not_copied(shell: Shell) -> None:
    know(shell)
    (shell.home / "secret.md").write_text(DRAFT)
    with database_in(shell.project) as database:
        database.conn.execute("UPDATE entries SET draft = '../secret.md' WHERE id = 'launch'")
    ran = shell.run("again", "launch")
    assert ran.code != 0
    assert not [name for name in shell.files() if "again" in name]
    assert not list(shell.home.glob("*again*"))
