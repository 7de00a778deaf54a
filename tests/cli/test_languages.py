"""Every draft says its language, and what goes to a network that wants to know it goes nowhere without."""

from __future__ import annotations

import pytest

from contentkit.languages import code_in
from tests.cli.shell import CONFIG, NOTE, Shell, entry, time_in

GERMAN = """# Ein Gespräch über den Planer

Jede Gruppe, mit der wir sprachen, hatte denselben Planer noch einmal geschrieben.

Wir warfen die Warteschlange weg und gaben jedem Konto seine eigene Spur.
"""


def language_in(shell: Shell, note: str, settings: str = "") -> str:
    """The language of a draft of this note in a project with these settings."""
    shell.write("contentkit.toml", CONFIG.replace("\n[accounts", f"{settings}\n[accounts"))
    shell.write("notes/other.md", note)
    ran = shell.run("draft", "notes/other.md", "--slug", "other", "--json")
    assert ran.code == 0, ran.err
    text = (shell.project / "drafts/other.md").read_text()
    assert f"language: {ran.json['language']}\n" in text
    assert shell.run("check", "drafts/other.md").code == 0
    return str(ran.json["language"])


@pytest.mark.parametrize(
    ("note", "settings", "language"),
    [
        (NOTE, "", "en"),
        (f"---\nlanguage: en_GB\n---\n{NOTE}", "", "en-GB"),
        (f"---\nlanguage: English, mostly\n---\n{NOTE}", "", "en"),
        (GERMAN, 'language = "de"\n', "de"),
        (NOTE, 'language = "es"\n', "en"),
    ],
    ids=["as it reads", "underscore", "in words", "the project's", "as it reads, not the project's"],
)
def test_a_draft_always_says_its_language(shell: Shell, note: str, settings: str, language: str) -> None:
    assert language_in(shell, note, settings) == language


@pytest.mark.parametrize(
    ("words", "code"),
    [("en", "en"), ("pt_BR", "pt-BR"), ("EN-us", "en-us"), (" es ", "es"), ("english", ""), ("", ""), ("c", "")],
)
def test_a_code_is_read_however_it_is_written(words: str, code: str) -> None:
    assert code_in(words) == code


def test_what_says_no_language_is_not_approved_for_mastodon(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    config = shell.project / "contentkit.toml"
    config.write_text(config.read_text().replace('language = "en"\n', ""))
    shell.enter(entry("launch", at=time_in(days=1), accounts="ours"))
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 4
    assert "drafts/launch.md: error CK317: nobody says the language of the thread for ours" in ran.err
    config.write_text(config.read_text().replace("version = 1\n", 'version = 1\nlanguage = "en"\n'))
    assert shell.run("approve", "launch", "--yes").code == 0


def test_init_writes_the_language_it_is_told_and_else_how_to(shell: Shell) -> None:
    home = shell.at(shell.home)
    assert home.run("init", "told", "--language", "pt-BR").code == 0
    assert '\nlanguage = "pt-BR"\n' in (shell.home / "told/contentkit.toml").read_text()
    assert home.run("init", "untold").code == 0
    assert '\n# language = "en"\n' in (shell.home / "untold/contentkit.toml").read_text()
    assert shell.at(shell.home / "told").run("check").code == 0


def test_init_refuses_what_is_no_language_before_anything_is_written(shell: Shell) -> None:
    ran = shell.at(shell.home).run("init", "new", "--language", "Deutsch")
    assert (ran.code, "'Deutsch' is not the code of a language" in ran.err) == (2, True)
    assert not (shell.home / "new").exists()
