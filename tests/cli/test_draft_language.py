"""What is said of a draft in a language that nobody named."""

from __future__ import annotations

from tests.cli.shell import Shell

GERMAN = """\
# Die Druckerei am Fluss

Unsere Druckerei steht seit 1911 am Fluss. Dreimal stand das Wasser in der Setzerei, zuletzt im Mai.

Am schwierigsten war nicht die Technik, sondern die Geduld der Kunden. Wir haben ihnen jede Woche geschrieben.
"""


def test_a_language_that_was_not_named_and_has_no_rules_is_told_and_not_guessed(shell: Shell) -> None:
    shell.write("notes/druckerei.md", GERMAN)
    ran = shell.run("draft", "notes/druckerei.md")
    assert "chose plainly in another language: read each post beside its lines." in ran.err
    assert "language:" not in (shell.project / "drafts/die-druckerei-am-fluss.md").read_text(encoding="utf-8")
