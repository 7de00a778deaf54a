from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contentkit.drafts import format_draft
from contentkit.models import Draft, Post
from contentkit.store.database import database_in
from contentkit.store.drafted import Drafted, remember_drafted
from tests.cli.shell import Shell
from tests.drafting.voice.invented import dry, loud
from tests.sources.own_posts.archives import note, outbox, tarred, tweet, x_parts, zipped

PEOPLE = "version: 1\npeople:\n  odile: {name: Odile Varga}\n  tomas: {name: Tomas Brink}\n"


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """The project with two people, and folders of posts beside it."""
    shell.write("people.yaml", PEOPLE)
    for name, posts in (("quiet", dry(40)), ("noisy", loud(40))):
        (shell.home / name).mkdir()
        for number, post in enumerate(posts):
            (shell.home / name / f"{number}.md").write_text(post.text)
    return shell


def test_a_voice_is_learnt_from_a_folder_and_scores_drafts(desk: Shell) -> None:
    learnt = desk.run("voice", "learn", "odile", "../quiet")
    assert learnt.code == 0, learnt.err
    assert "learnt from 40 posts" in learnt.out
    assert "Wrote voices/odile.yaml" in learnt.err

    scored = desk.run("voice", "score", "launch", "--json")
    assert scored.code == 0, scored.err
    assert 0 <= scored.json["likeness"] <= 1
    assert [post["post"] for post in scored.json["posts"]] == [1, 2, 3]
    assert "no proof" not in scored.out

    told = desk.run("voice", "score", "launch")
    assert told.out.startswith("drafts/launch.md: 0.")
    assert "not who wrote it" in told.err

    assert desk.run("voice").rows[1][:3] == ["odile", "voices/odile.yaml", "40"]


def test_archives_of_both_networks_are_learnt_together(desk: Shell, tmp_path: Path) -> None:
    # Half a character, as a program that counts in UTF-16 cuts them.
    tweets = [tweet(number, f"{post.text}\ud83c") for number, post in enumerate(dry(10))]
    notes = [note(number, f"<p>{post.text}</p>") for number, post in enumerate(loud(10))]
    zipped(tmp_path / "x.zip", x_parts(*tweets, tweet(99, "@tomas no")))
    tarred(tmp_path / "m.tar.gz", {"outbox.json": outbox(*notes)})
    assert (
        "The archive is of @odile, @odile@social.grebe.example.\n"
        in desk.run("voice", "learn", "odile", "../x.zip", "../m.tar.gz").err
    )
    ran = desk.run("voice", "learn", "odile", "../x.zip", "../m.tar.gz", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["learnt"]["posts"] == 20
    assert ran.json["left_out"] == {"begin with a mention": 1}
    lines = (desk.project / "voices/odile.posts.jsonl").read_text().splitlines()
    assert {json.loads(line)["key"].partition(":")[0] for line in lines} == {"x", "mastodon"}


def test_an_archive_of_another_handle_than_the_founder_s_is_doubted(desk: Shell, tmp_path: Path) -> None:
    desk.write(
        "people.yaml",
        PEOPLE.replace("Tomas Brink", "Tomas Brink, handles: {x: '@tomas', mastodon: '@odile@social.grebe.example'}"),
    )
    zipped(tmp_path / "x.zip", x_parts(*(tweet(number, post.text) for number, post in enumerate(dry(10)))))
    notes = [note(number, f"<p>{post.text}</p>") for number, post in enumerate(loud(10))]
    tarred(tmp_path / "m.tar.gz", {"outbox.json": outbox(*notes)})
    ran = desk.run("voice", "learn", "tomas", "../x.zip", "../m.tar.gz")
    assert "The archive is of @odile, @odile@social.grebe.example, which people.yaml does not name for Tomas" in ran.err


def test_learning_again_keeps_what_a_person_wrote_and_drops_posts_that_are_gone(desk: Shell) -> None:
    desk.run("voice", "learn", "odile", "../quiet")
    card = desk.project / "voices/odile.yaml"
    card.write_text(card.read_text().replace("never: []", "never: [synergy]  # she said so"))
    before = card.read_text()
    assert desk.run("voice", "learn", "odile", "../quiet").code == 0
    assert card.read_text() == before

    gone = (desk.home / "quiet/3.md").read_text()
    (desk.home / "quiet/3.md").unlink()
    assert "This replaced what was learnt from 40 posts." in desk.run("voice", "learn", "odile", "../quiet").err
    assert "never: [synergy]  # she said so" in card.read_text()
    assert gone not in (desk.project / "voices/odile.posts.jsonl").read_text()


def test_posts_stay_out_of_git_until_somebody_decides_otherwise(desk: Shell) -> None:
    subprocess.run(["git", "init", "-q", desk.project], check=True)
    assert "It stays on this machine." in desk.run("voice", "learn", "odile", "../quiet").err
    (desk.project / "voices/.gitignore").unlink()
    assert "Git takes it" in desk.run("voice", "learn", "odile", "../quiet").err


def test_a_card_and_posts_lie_where_people_yaml_says(desk: Shell) -> None:
    subprocess.run(["git", "init", "-q", desk.project], check=True)
    settings = "Odile Varga, founder: {voice: cards/odile.yaml, posts: private/odile.jsonl}"
    desk.write("people.yaml", PEOPLE.replace("Odile Varga", settings))
    told = desk.run("voice", "learn", "odile", "../quiet").err
    assert "private/odile.jsonl has 40 posts as examples. It stays on this machine." in told
    assert "Wrote cards/odile.yaml." in told
    assert desk.run("voice", "score", "launch", "--founder", "odile").code == 0


def test_a_file_that_holds_something_else_is_never_replaced(desk: Shell) -> None:
    receipts = desk.write("stats/figures.jsonl", '{"entry": "launch", "part": 0, "id": "17"}\n')
    desk.write("people.yaml", PEOPLE.replace("Odile Varga", "Odile Varga, founder: {posts: stats/figures.jsonl}"))
    ran = desk.run("voice", "learn", "odile", "../quiet")
    assert (ran.code, "stats/figures.jsonl:1: is no post" in ran.err) == (1, True)
    assert receipts.read_text() == '{"entry": "launch", "part": 0, "id": "17"}\n'
    assert not (desk.project / "voices/odile.yaml").exists()


def test_what_nobody_may_know_is_not_learnt_from(desk: Shell) -> None:
    desk.write("confidential.txt", "the mailing list\n")
    (desk.home / "quiet/50.md").write_text(
        "We moved. [off the record] To the cellar of Brennan. [/off the record] It took a day."
    )
    ran = desk.run("voice", "learn", "odile", "../quiet", "--json")
    assert ran.json["left_out"]["with confidential names"] == 4
    written = "".join(path.read_text() for path in (desk.project / "voices").iterdir())
    assert "mailing list" not in written
    assert "Brennan" not in written


def test_one_speaker_of_a_transcript_is_learnt_from_and_gives_no_examples(desk: Shell) -> None:
    turns = [f"**Host:** What about week {n}?\n\n**Odile Varga:** {post.text}" for n, post in enumerate(dry(30))]
    (desk.home / "call.md").write_text("\n\n".join(turns))
    asked = desk.run("voice", "learn", "odile", "../call.md")
    assert asked.code == 2
    assert "several people speak here" in asked.err
    ran = desk.run("voice", "learn", "odile", "../call.md", "--speaker", "odile", "--json")
    assert ran.json["learnt"]["spoken"] == ran.json["learnt"]["posts"] == 30
    assert (desk.project / "voices/odile.posts.jsonl").read_text() == ""


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("learn", "odil", "../quiet"), 2, "there is nobody called 'odil' in people.yaml"),
        (("learn", "odile", "../nothing"), 1, "../nothing: there is no such file"),
        (("learn", "odile", "../few"), 2, "2 posts are too few to learn a voice from"),
        (("learn", "odile", "../quiet", "--language", "english"), 2, "'english' is not the code of a language"),
        (("score", "launch"), 2, "drafts/launch.md: does not say whose voice it is in"),
        (("score", "launch", "--founder", "tomas"), 2, "nobody learnt the voice of 'tomas' yet"),
        (("score", "lunch", "--founder", "tomas"), 2, "there is no draft 'lunch'"),
        (("lern",), 2, "there is no command 'voice lern'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    desk: Shell, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (desk.home / "few").mkdir()
    for number in range(2):
        (desk.home / f"few/{number}.md").write_text(f"We broke it {number} times, and then we mended it.")
    ran = desk.run("voice", *arguments)
    assert (ran.code, message in ran.err) == (code, True), ran.err
    assert not (desk.project / "voices").exists()


# -- rules from edits

THINGS = ("the restore test", "our calendar", "the mailing list")
BEFORE = "We are excited to announce that {} works again for everybody!"
AFTER = "We mended {}: it works again for everybody."


@pytest.fixture
def edited(desk: Shell) -> Shell:
    """Three drafts in Odile's name that a person edited and committed, and one that is still being written."""
    desk.run("voice", "learn", "odile", "../quiet")
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with database_in(desk.project) as database:
        for number, thing in enumerate((*THINGS, "a new index")):
            written = Draft(
                slug=f"d{number}", posts=(Post(text=BEFORE.format(thing)),), founder="odile", drafter="openai:m"
            )
            remember_drafted(database, Drafted(draft=written, at=now))
            left = replace(written, posts=(Post(text=AFTER.format(thing)),))
            desk.write(f"drafts/d{number}.md", format_draft(left))
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=desk.project, check=True)
    subprocess.run([*git, "add", "drafts/d0.md", "drafts/d1.md", "drafts/d2.md"], cwd=desk.project, check=True)
    subprocess.run([*git, "commit", "-qm", "Drafts"], cwd=desk.project, check=True)
    return desk


def test_what_was_changed_again_and_again_is_proposed_and_accepted_by_a_person(edited: Shell) -> None:
    card = edited.project / "voices/odile.yaml"
    before = card.read_text()
    listed = edited.run("voice", "rules", "odile", "--json")
    assert listed.code == 0, listed.err
    number, rule = next((n, one) for n, one in enumerate(listed.json, 1) if one["never"])
    assert rule["rule"] == 'Do not write "are excited to announce that".'
    assert (rule["done"], rule["of"], rule["drafts"]) == (3, 3, ["drafts/d0.md", "drafts/d1.md", "drafts/d2.md"])
    assert card.read_text() == before

    accepted = edited.run("voice", "rules", "odile", "--accept", str(number))
    assert accepted.code == 0, accepted.err
    words = "are excited to announce that"
    written = f'rules:\n  - {{rule: "Do not write \\"{words}\\".", never: {words}, edits: 3}}'
    assert card.read_text() == before.replace("rules: []", written)
    assert rule["rule"] not in [one["rule"] for one in edited.run("voice", "rules", "odile", "--json").json]


def test_a_rule_that_is_not_proposed_cannot_be_accepted(edited: Shell) -> None:
    ran = edited.run("voice", "rules", "odile", "--accept", "99")
    assert (ran.code, "no rule 99 is proposed" in ran.err) == (2, True)


def test_drafts_of_another_founder_say_nothing(edited: Shell) -> None:
    edited.run("voice", "learn", "tomas", "../noisy")
    ran = edited.run("voice", "rules", "tomas")
    assert (ran.code, ran.out) == (0, "")
    assert "There is no draft of 'tomas' to learn from yet" in ran.err


def test_an_edit_that_nobody_stands_behind_yet_does_not_count(edited: Shell) -> None:
    edited.write("drafts/d2.md", (edited.project / "drafts/d2.md").read_text().replace("mended", "repaired"))
    assert edited.run("voice", "rules", "odile", "--json").json == []


def test_a_phrase_with_a_confidential_name_is_never_proposed(edited: Shell) -> None:
    edited.write("confidential.txt", "excited to announce\n")
    told = edited.run("voice", "rules", "odile").out
    assert "excited" not in told
