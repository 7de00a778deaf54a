"""Examples of checks that take more than a post: other files of the project, or more letters than anybody wants to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from contentkit.checks import PageFate
from contentkit.models import Origin
from contentkit.sources.copies import copied

CONFIG = """version = 1
project = "our-posts"

[accounts.ours]
platform = "mastodon"
server = "https://social.example"

[accounts.ours-x]
platform = "x"
"""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A post of a note that says it, files of its project beside the usual ones, what became of pages, and which words a
    model doubts."""

    text: str = "We left the cloud."
    files: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, PageFate] = field(default_factory=dict)
    doubted: str = ""


def _copy(cut: int) -> Case:
    origin = Origin(place="", read=datetime(2026, 11, 20, tzinfo=UTC), cut=cut)
    return Case(files={"notes/call.md": copied(["We left the cloud."], origin).decode()})


def _note(*lines: str) -> Case:
    return Case(files={"notes/call.md": "\n".join(lines)})


def _handle(handle: str) -> Case:
    people = f"version: 1\npeople:\n  mira: {{consent: mention, handles: {{mastodon: {handle}}}}}\n"
    return Case(text="We left with @{mira}.", files={"people.yaml": people})


def _with_settings(text: str, settings: str) -> Case:
    return Case(text=text, files={"contentkit.toml": f"{CONFIG}\n{settings}"})


def _unsplit(text: str) -> Case:
    return Case(text=text, files={"contentkit.toml": f'{CONFIG}split = "never"\n'})


_TOPICS = '[checks.topics]\nhealth = ["burnout"]\n'
_HYPE = '[checks]\nhype = ["game-changing"]\n'
_LEFT = "We left the cloud after a year of work, and so can you."
_SHOWN = "Our post: https://example.org/left"
_TWICE_X = '[accounts.theirs-x]\nplatform = "x"\n'


def _beside(text: str, other: str) -> Case:
    """A draft beside another one of the project."""
    return Case(text=text, files={"drafts/other.md": f"---\nversion: 1\n---\n{other}\n"})


def _after(text: str, other: str) -> Case:
    """A draft beside another one that was published."""
    entry = "{id: other, draft: drafts/other.md, at: 2026-11-03 09:30, accounts: [ours]}"
    receipt = '{"entry": "other", "account": "ours", "part": 0, "parts": 1, "fingerprint": "", "remote_id": "1", '
    receipt += '"url": "https://social.example/@us/1", "at": "2026-11-03T09:30:00Z"}\n'
    files = {"calendar.yaml": f"version: 1\ntimezone: UTC\nentries:\n  - {entry}\n", "receipts.jsonl": receipt}
    return Case(text=text, files={**_beside(text, other).files, **files})


def _on_two(text: str) -> Case:
    """A draft of somebody whose drafts go out on two accounts of one network."""
    people = "version: 1\npeople:\n  ana: {name: Ana, founder: {accounts: [ours-x, theirs-x]}}\n"
    settings = {"contentkit.toml": f"{CONFIG}\n{_TWICE_X}", "people.yaml": people}
    return Case(text=f"---\nversion: 1\nlanguage: en\nfounder: ana\n---\n{text}", files=settings)


def _with_mira(text: str, consent: str) -> Case:
    handles = '{mastodon: "mira@social.example", x: mira}'
    people = f"version: 1\npeople:\n  mira: {{name: Mira Okafor, consent: {consent}, handles: {handles}}}\n"
    return Case(text=text, files={"people.yaml": people})


def _linking(page: PageFate) -> tuple[Case, Case]:
    """A draft that links to a page with this fate, and one whose page is there."""
    there = {"https://example.org/left": PageFate(fate="there")}
    return Case(text=_SHOWN, pages={"https://example.org/left": page}), Case(text=_SHOWN, pages=there)


_HARD = "Notwithstanding organisational heterogeneity, infrastructure modernisation necessitates responsibilities. "
# The bad and the good one of each.
CASES = {
    "CK290": (
        Case(text="The restore was quick.", doubted="was quick"),
        Case(text="The restore took eleven hours.", doubted="was quick"),
    ),
    "CK305": (_copy(cut=1), _copy(cut=0)),
    "CK306": (
        _note("We left the cloud.", "[off the record] It was dear. [/off the record]"),
        _note("We left the cloud."),
    ),
    "CK307": (
        Case(text="We work with Quillon.", files={"confidential.txt": "Quillon\n"}),
        Case(text="We work with a bakery.", files={"confidential.txt": "Quillon\n"}),
    ),
    "CK310": (_unsplit("a" * 600), _unsplit("a" * 200)),
    "CK319": (_handle("mira"), _handle('"mira@social.example"')),
    "CK351": (
        _with_settings("We were close to a burnout.", _TOPICS),
        _with_settings("---\nversion: 1\nwarning: health\nlanguage: en\n---\nWe were close to a burnout.", _TOPICS),
    ),
    "CK354": (Case(text=_HARD * 9), Case(text="We moved it. It is fast. You can try it. " * 8)),
    "CK353": (
        _with_settings("A game-changing import.", _HYPE),
        _with_settings("An import in 6 minutes.", _HYPE),
    ),
    "CK360": (_beside(_LEFT, _LEFT), _beside(_LEFT, "We left the cloud in spring.")),
    "CK361": (_beside(_LEFT, _LEFT.replace("so can", "so could")), _beside(_LEFT, "We left the cloud in spring.")),
    "CK362": (_after(_SHOWN, "Why we left: https://example.org/left"), _after(_SHOWN, "Why we left.")),
    "CK363": (
        _on_two(_LEFT),
        _on_two(f"{_LEFT}\n\n---\n\nOur servers are our own.\n<!-- instead: theirs-x -->"),
    ),
    "CK370": (
        _with_mira("We left with @{mira}.\n\n---\n\n@{mira} did it.", "mention"),
        _with_mira("We left with @{mira}.\n\n---\n\nMira did it.", "mention"),
    ),
    "CK371": (
        _with_mira("Mira Okafor left the cloud.", "never"),
        _with_mira("Mira Okafor left the cloud.", "name"),
    ),
    "CK365": _linking(PageFate(fate="gone", told="HTTP 404")),
    "CK366": _linking(PageFate(fate="moved", leads="https://example.org/new")),
    "CK367": _linking(PageFate(fate="untrusted")),
    "CK368": _linking(PageFate(fate="closed")),
    "CK369": _linking(PageFate(fate="unclear", told="example.org: no answer in time")),
}
