"""What the checks of claims say of one sentence beside one note: (id, severity) of each finding."""

from __future__ import annotations

from tests.checks.notes import checked, note

CLAIMS = ("CK22", "CK24")


def claimed(source: str, said: str, language: str = "en") -> list[tuple[str, str]]:
    """The findings of claims in a post that cites this note, whose paragraphs are separated by a bar."""
    lines = [line for paragraph in source.split(" | ") for line in (paragraph, "")]
    found = checked(note(*lines), said, 1, len(lines) - 1, language=language)
    return [(each.check, each.severity) for each in found if each.check.startswith(CLAIMS)]


def found(source: str, said: str, language: str = "en") -> list[str]:
    """The ids alone, where it is no matter how bad each is."""
    return [check for check, _ in claimed(source, said, language)]
