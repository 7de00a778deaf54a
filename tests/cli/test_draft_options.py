"""What can be asked of ``draft``: for whom, in which room, about what, of how many sources."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.shell import CONFIG, Shell

LONG = "\n\n".join(
    [
        "# Why we left the queue",
        *(
            f"In {month} we counted {number} jobs that the queue had lost, and nobody could say where each of them had gone, "
            "because a retry wrote its result over the row that it was meant to save, and the log kept only the last one of them."
            for number, month in enumerate(("March", "April", "May", "June", "July", "August"), 12)
        ),
    ]
)
OTHER = """# The tests

A test that sleeps is a test that lies.

We took out every pause, and the suite became four times faster.
"""
ACCOUNTS = """
[accounts.ours-x]
platform = "x"

[accounts.roomy]
platform = "mastodon"
server = "https://social.example.org"
limits = { characters = 5000 }
"""
FOUNDER = """version: 1
people:
  ana:
    name: Ana Torres
    founder: {accounts: [roomy], approvers: [ana, ben]}
  ben: {name: Ben}
"""


def lengths(shell: Shell, *words: str) -> list[int]:
    ran = shell.run("draft", "notes/long.md", "--json", *words)
    assert ran.code == 0, ran.err
    return [len(post["text"]) for post in ran.json["posts"]]


@pytest.fixture
def several(shell: Shell) -> Shell:
    """A project with an account on each of three networks, two notes and two people."""
    shell.write("contentkit.toml", CONFIG + ACCOUNTS)
    shell.write("people.yaml", FOUNDER)
    shell.write("notes/long.md", LONG)
    shell.write("notes/tests.md", OTHER)
    return shell


def test_a_thread_is_cut_to_the_platform_or_account_that_is_named(several: Shell) -> None:
    assert max(lengths(several)) <= 280
    assert max(lengths(several, "--platform", "roomy", "--slug", "roomy")) > 280
    assert max(lengths(several, "--platform", "mastodon", "--slug", "mastodon")) > 280


def test_a_platform_without_an_account_has_its_usual_room(shell: Shell) -> None:
    shell.write("notes/long.md", LONG)
    assert max(lengths(shell, "--platform", "x")) <= 280


def test_a_founders_thread_is_cut_to_the_founders_accounts_and_says_whose_it_is(several: Shell) -> None:
    assert max(lengths(several, "--founder", "ana")) > 280
    [draft] = [path for path in (several.project / "drafts").iterdir() if path.name != "launch.md"]
    assert "\nfounder: ana\n" in draft.read_text()


TALK = """**Ana Torres:** We threw the queue away in March, because it lost twelve jobs in one night.

**Ben:** I would have kept the queue for another year, and bought a larger machine for it.

**Ana Torres:** Each account has a lane of its own today, and nothing waits for a stranger's trouble.
"""


@pytest.mark.parametrize(("name", "founder"), [("Ana Torres", "ana"), ("Ben", "")])
def test_who_speaks_is_the_founder_when_people_yaml_knows_them(several: Shell, name: str, founder: str) -> None:
    several.write("notes/talk.md", TALK)
    ran = several.run("draft", "notes/talk.md", "--speaker", name, "--slug", "talk", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["founder"] == founder


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--platform", "twitter"), "'twitter' is no platform and no account", "did you mean 'x'?"),
        (("--platform", "roomi"), "'roomi' is no platform and no account", "did you mean 'roomy'?"),
        (("--founder", "anna"), "there is nobody called 'anna' in people.yaml", "did you mean 'ana'?"),
        (("--language", "es"), "notes/long.md: is in 'en', and the offline drafter translates nothing", "--drafter openai"),
        (("--language", "de"), "notes/long.md: is in 'en', and the offline drafter translates nothing", "--drafter openai"),
        (("drafts/launch.md",), "drafts/launch.md is a draft, no source", "contentkit draft drafts/launch.md --again"),
        (("--angle", "x" * 301), "the angle has 301 characters", "say in at most 300 characters"),
        (("notes/tests.md", "--posts", "1"), "2 sources do not go into 1 post", "ask for more posts"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    several: Shell, words: tuple[str, ...], message: str, hint: str
) -> None:
    before = {name for name in several.files() if name.startswith("drafts")}
    ran = several.run("draft", "notes/long.md", *words)
    assert (ran.code, ran.out) == (2, "")
    assert f"contentkit: {message}\n" in ran.err
    assert hint in ran.err
    assert {name for name in several.files() if name.startswith("drafts")} == before


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--angle", "why Quennell waits"),
        ("--angle", "why quennell's bridge loan waits"),
        ("--slug", "quennell-offer"),
        ("--link", "https://example.org/quennell"),
    ],
)
def test_an_option_that_repeats_what_was_off_the_record_is_refused_without_its_words(
    shell: Shell, option: str, words: str
) -> None:
    note = f"{LONG}\n\n[off the record] The Quennell bridge loan is not signed. [/off the record]\n"
    shell.write("notes/raw/money.md", note)
    ran = shell.run("draft", "notes/raw/money.md", option, words)
    assert (ran.code, f"{option} repeats what is off the record" in ran.err) == (2, True)
    assert "quennell" not in (ran.out + ran.err).lower()


@pytest.mark.parametrize(
    ("option", "words"),
    [("--angle", "what Zorblatt wants"), ("--link", "https://zorblatt.example"), ("--slug", "zorblatt")],
)
def test_an_option_with_a_confidential_name_is_refused_without_it(several: Shell, option: str, words: str) -> None:
    several.write("confidential.txt", "Zorblatt\n")
    ran = several.run("draft", "notes/long.md", option, words)
    assert (ran.code, f"{option} holds a name that confidential.txt lists" in ran.err) == (2, True)
    assert "zorblatt" not in ran.err.lower()


def test_of_a_transcript_among_several_sources_only_the_speaker_is_drafted_from(several: Shell) -> None:
    several.write("notes/talk.md", TALK)
    ran = several.run("draft", "notes/tests.md", "notes/talk.md", "--speaker", "Ana Torres", "--json")
    assert ran.code == 0, ran.err
    texts = "\n".join(post["text"] for post in ran.json["posts"])
    assert ("A test that sleeps" in texts, "each account" in texts.lower(), "larger machine" in texts) == (
        True,
        True,
        False,
    )


def test_several_sources_lead_to_the_page_that_one_of_them_has_on_the_projects_site(several: Shell) -> None:
    several.write("contentkit.toml", f'{CONFIG.partition("[")[0]}site = "https://example.org"\n{ACCOUNTS}')
    several.write("notes/long.md", f"---\nurl: /blog/lost.html\n---\n{LONG}")
    ran = several.run("draft", "notes/tests.md", "notes/long.md", "--json")
    assert ran.json["link"] == "https://example.org/blog/lost.html"
    assert "https://example.org/blog/lost.html" in ran.json["posts"][-1]["text"]


def test_several_sources_become_one_thread_that_names_each_of_them(several: Shell) -> None:
    ran = several.run("draft", "notes/long.md", "notes/tests.md", "--slug", "both", "--json")
    assert ran.code == 0, ran.err
    cited = [evidence["source"] for post in ran.json["posts"] for evidence in post["evidence"]]
    assert cited == sorted(cited) != []
    assert set(cited) == {"notes/long.md", "notes/tests.md"} == set(ran.json["sources"])
    assert several.run("check", "both").code == 0


def test_what_was_asked_for_is_remembered_beside_what_was_written(several: Shell) -> None:
    ran = several.run("draft", "notes/long.md", "--posts", "3", "--angle", "lost jobs", "--platform", "x", "--json")
    with closing(sqlite3.connect(several.project / "contentkit.db")) as database:
        [asked] = database.execute(
            "SELECT asked_posts, asked_angle, asked_platform, account, drafter FROM draftings"
        ).fetchall()
        texts = [text for (text,) in database.execute("SELECT text FROM drafted_posts ORDER BY number")]
    assert asked == (3, "lost jobs", "x", "ours-x", "extractive")
    assert texts == [post["text"] for post in ran.json["posts"]]


def test_a_language_without_rules_is_told(shell: Shell) -> None:
    german = (
        "---\nlanguage: de\n---\n# Der Planer\n\nWir warfen die Warteschlange weg und gaben jedem Konto seine Spur.\n"
    )
    shell.write("notes/planer.md", german)
    ran = shell.run("draft", "notes/planer.md")
    assert "The offline drafter knows en and es and chose plainly in 'de'" in ran.err
    assert "chose plainly" not in shell.run("draft", "notes/call.md").err


def test_a_founders_draft_goes_to_the_founders_accounts_unless_others_are_named(several: Shell) -> None:
    several.run("draft", "notes/long.md", "--founder", "ana", "--slug", "hers")
    several.run("draft", "notes/long.md", "--slug", "ours")
    for words, accounts in (
        (("hers",), "roomy"),
        (("hers", "--account", "try", "--id", "elsewhere"), "try"),
        (("ours",), "try, ours-x, roomy"),
    ):
        ran = several.run("schedule", *words, "--at", "in 2 hours")
        assert ran.out.strip().endswith(f" on {accounts}"), ran.err
        assert ("Next: ask Ana Torres or Ben, then contentkit approve" in ran.err) == (words[0] == "hers")


def test_what_of_spoken_words_is_left_out_is_told(shell: Shell) -> None:
    shell.write("notes/talk.md", TALK.replace("We threw", "Um, so, we threw"))
    ran = shell.run("draft", "notes/talk.md", "--speaker", "Ana Torres")
    assert "Post 1 leaves out “Um, so,”" in ran.err


@pytest.mark.parametrize(
    ("founder", "shown", "wrong"),
    [(("--founder", "ana"), {"roomy"}, set()), ((), {"roomy", "try", "ours-x"}, {"ours-x"})],
)
def test_a_founders_draft_is_checked_and_shown_for_the_founders_accounts(
    several: Shell, founder: tuple[str, ...], shown: set[str], wrong: set[str]
) -> None:
    several.run("draft", "notes/long.md", *founder, "--slug", "made")
    path = several.project / "drafts/made.md"
    path.write_text(path.read_text().replace("version: 1\n", "version: 1\nvisibility: unlisted\n"))
    problems = several.run("check", "made", "--json").json
    assert {problem["account"] for problem in problems if problem["check"] == "CK314"} == wrong
    assert {one["account"]["name"] for one in several.run("preview", "made", "--json").json} == shown


@pytest.mark.parametrize(("angle", "told"), [("zebras in Kenya", True), ("the zebra's queue", False)])
def test_an_angle_that_no_source_speaks_of_is_told(several: Shell, angle: str, told: bool) -> None:
    ran = several.run("draft", "notes/long.md", "--angle", angle)
    assert ran.code == 0
    assert (f"No source speaks of “{angle}”: drafted as without --angle." in " ".join(ran.err.split())) == told


def test_minutes_of_which_hardly_anything_can_go_out_say_what_to_do(shell: Shell) -> None:
    talk = "\n".join(
        f"- Still waiting for the {ordinal} permit from the city" for ordinal in ("first", "second", "third", "last")
    )
    results = "- We sold 31 bowls at the fair in April.\n- The new kiln burns 40 pots a day."
    shell.write("notes/call.md", f"# Kiln call, 3 May\n\n## Permits\n\n{talk}\n{talk}\n\n## Kiln\n\n{results}\n")
    shell.write("notes/results.md", f"# Kiln call, 10 May\n\n## Kiln\n\n{results}\n")
    told = "Write one sentence there for each outcome"
    assert told in " ".join(shell.run("draft", "notes/call.md").err.split())
    assert told not in " ".join(shell.run("draft", "notes/results.md").err.split())
