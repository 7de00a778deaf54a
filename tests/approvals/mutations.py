"""Every way in which what was approved can become something else, one at a time, in the files that people have."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from tests.approvals.orchard import DRAFT as ORCHARD_DRAFT
from tests.publishing.pictures import png

DRAFT = "drafts/pears.md"
CALENDAR = "calendar.yaml"
PEOPLE = "people.yaml"
SETTINGS = "contentkit.toml"
NOTE = "notes/call.md"
EDITED = "edited after the approval"
DIFFERS = "renders differently: "
OTHERWISE = "not as approved: "
MOVED = "moved to another time: approve it again"


@dataclass(frozen=True)
class Edit:
    """One place of a file, and what stands there afterwards."""

    file: str
    old: str | bytes
    new: str | bytes


@dataclass(frozen=True)
class Mutation:
    """An edit after the approval; ``why`` begins the reason that publishing gives, ``first`` was done before the approval."""

    edit: Edit
    why: str = EDITED
    first: tuple[Edit, ...] = ()


def _draft(old: str | bytes, new: str | bytes, why: str = EDITED, *first: Edit) -> Mutation:
    return Mutation(Edit(DRAFT, old, new), why, first)


def _entry(old: str, new: str, why: str = EDITED, *first: Edit) -> Mutation:
    return Mutation(Edit(CALENDAR, old, new), why, first)


def _settings(old: str, new: str, why: str = DIFFERS, *first: Edit) -> Mutation:
    return Mutation(Edit(SETTINGS, old, new), why, first)


def _people(old: str, new: str, why: str = DIFFERS, *first: Edit) -> Mutation:
    return Mutation(Edit(PEOPLE, old, new), why, first)


_WELL = "The well has water again."
_END = "The well has water.\nIt is back."
_EMBARGO = f"[embargo until 2020-01-01 09:00 UTC] {_WELL} [/embargo]"
_NO_LANGUAGE = Edit(DRAFT, "language: en\n", "")
_CAMPAIGN = "    campaign: harvest\n"
_NINE = 'time: "09:30"'
_LATE_LINE = "    late: post within 6h\n"
_NEXT_SLOT = Edit(CALENDAR, "late: post within 6h", "late: next slot")
_PAGE = "https://orchard.example.org/"
_WHEN_LINE = f"    when: {{url: {_PAGE}, contains: Pears}}\n"
_WHEN = Edit(CALENDAR, _CAMPAIGN, _CAMPAIGN + _WHEN_LINE)
_LAST = "The well has water again.\n<!-- evidence: notes/call.md#L7 -->\n<!-- only: ours -->\n"
_PICTURES = "![Two ripe pears](pears.png)\n![The row of trees](row.png)\n"
_WAIVER = '<!-- waive: CK201 "70" by Mara: we counted them again -->\n'
_SECOND = f"We planted 70 trees in one long row behind the house.\n\n{_PICTURES}<!-- evidence: notes/call.md#L5 -->\n{_WAIVER}"
_LONG = Edit(DRAFT, _WELL, f"{_WELL} " * 30)

_RENAMING = (Edit(CALENDAR, _CAMPAIGN, ""), Edit("drafts/fruit.md", b"", ORCHARD_DRAFT.encode()))

MUTATIONS: dict[str, Mutation] = {
    # Bytes of a text.
    "a word": _draft("open again", "open still"),
    "a letter's case": _draft("the orchard is", "the Orchard is"),
    "NFD for NFC": _draft("café", unicodedata.normalize("NFD", "café")),
    "a letter of another alphabet": _draft("open again", "\u043epen again"),
    "a no-break space": _draft("open again", "open\u00a0again"),
    "two spaces": _draft("open again", "open  again"),
    "a space at the end of a line": _draft(_END, _END.replace(".\n", ". \n"), EDITED, Edit(DRAFT, _WELL, _END)),
    "a line break": _draft("one long row", "one\nlong row"),
    "a zero-width space": _draft("open again", "open \u200bagain"),
    "another apostrophe or dash": _draft("one long row", "one\u2011long row"),
    "another full stop": _draft("behind the house.", "behind the house\u2024"),
    "an emoji": _draft("has water again.", "has water again. \U0001f4a7"),
    "text before the first post": _draft("Our café", "Well, our café"),
    # Posts and parts.
    "a post less": _draft("\n---\n\n" + _LAST, ""),
    "a post more": _draft(_LAST, _LAST + "\n---\n\nThe well has water again.\n<!-- evidence: notes/call.md#L7 -->\n"),
    "two posts as one": _draft("counted them again -->\n\n---\n", "counted them again -->\n"),
    "order of posts": _draft(f"{_SECOND}\n---\n\n{_LAST}", f"{_LAST}\n---\n\n{_SECOND}"),
    "only": _draft("<!-- only: ours -->", "<!-- only: second -->"),
    "instead": _draft("<!-- only: ours -->", "<!-- instead: ours -->"),
    # Pictures.
    "bytes of a picture": Mutation(Edit("drafts/pears.png", png(20), png(21))),
    "alt text": _draft("![Two ripe pears]", "![Two ripe pears.]"),
    "no alt text": _draft("![Two ripe pears]", "![]"),
    "order of pictures": _draft(_PICTURES, "".join(reversed(_PICTURES.splitlines(keepends=True)))),
    "a picture less": _draft("![The row of trees](row.png)\n", ""),
    "the same picture under another name": _draft("(pears.png)", "(copy.png)", EDITED, Edit("drafts/copy.png", b"", png(20))),
    "pictures on another post": _draft(_PICTURES + "<!-- evidence: notes/call.md#L5 -->", "<!-- evidence: notes/call.md#L5 -->"),
    # Waivers.
    "a waiver's reason": _draft("we counted them again", "we counted them twice"),
    "a waiver's person": _draft("by Mara: we", "by Ines: we"),
    "a waiver's words": _draft('CK201 "70"', "CK201"),
    "a waiver's check": _draft('waive: CK201 "70"', 'waive: CK202 "70"'),
    "a waiver less": _draft(_WAIVER, ""),
    "a waiver more": _draft(_WAIVER, _WAIVER + '<!-- waive: CK301 "behind" by Mara: it is fine -->\n'),
    "a waiver for another post": _draft(f"{_WAIVER}\n---\n\n{_WELL}\n", f"\n---\n\n{_WELL}\n{_WAIVER}"),
    # What stands above the posts.
    "language of the draft": _draft("language: en", "language: en-GB"),
    "visibility of the draft": _draft("language: en", "language: en\nvisibility: private"),
    "warning of the draft": _draft("warning: fruit", "warning: Fruit"),
    "no warning": _draft("warning: fruit\n", ""),
    "an empty warning": _draft("warning: fruit\n", 'warning: ""\n'),
    "founder": _draft("founder: mara", "founder: ines"),
    "no founder": _draft("founder: mara\n", ""),
    "name of the draft, where links tell it": Mutation(Edit(CALENDAR, "drafts/pears.md", "drafts/fruit.md"), EDITED, _RENAMING),
    # The entry.
    "at": _entry("late: post", "LATE", MOVED),  # filled in by the test: the time is that of the run
    "timezone of the entry": _entry(_CAMPAIGN, _CAMPAIGN + "    timezone: Africa/Tunis\n", MOVED),
    "timezone of the calendar": _entry("timezone: Europe/Madrid", "timezone: Europe/Paris", MOVED),
    "accounts": _entry("accounts: [ours]\n    campaign", "accounts: [ours, second]\n    campaign"),
    "another account": _entry("accounts: [ours]\n    campaign", "accounts: [second]\n    campaign"),
    "campaign": _entry("campaign: harvest", "campaign: spring"),
    "no campaign": _entry(_CAMPAIGN, ""),
    "how late": _entry("post within 6h", "post within 7h"),
    "lateness": _entry("late: post within 6h", "late: hold"),
    "time of the slot that it may be put off to": _entry(_NINE, 'time: "09:31"', EDITED, _NEXT_SLOT),
    "zone of the slot that it may be put off to": _entry(_NINE, f"{_NINE}, timezone: Europe/Paris", EDITED, _NEXT_SLOT),
    "spread of the slot that it may be put off to": _entry(_NINE, f"{_NINE}, spread: 10m", EDITED, _NEXT_SLOT),
    "lateness of the project": _settings('settle = "0s"', 'settle = "0s"\nlate = "hold"', EDITED, Edit(CALENDAR, _LATE_LINE, "")),
    "slot": _entry("slot: morning", "slot: evening"),
    "no slot": _entry("    slot: morning\n", ""),
    "after": _entry(_CAMPAIGN, _CAMPAIGN + "    after: plums\n"),
    "no after": _entry("    after: plums\n", "", EDITED, Edit(CALENDAR, _CAMPAIGN, _CAMPAIGN + "    after: plums\n")),
    "id": _entry("id: pears", "id: pear", "no longer on the calendar"),
    "draft": _entry("drafts/pears.md", "drafts/plums.md"),
    "another page": _entry(f"url: {_PAGE}", f"url: {_PAGE}other", EDITED, _WHEN),
    "other words of a page": _entry("contains: Pears", "contains: Plums", EDITED, _WHEN),
    "no words of a page": _entry(", contains: Pears", "", EDITED, _WHEN),
    "no page": _entry(_WHEN_LINE, "", EDITED, _WHEN),
    "when": _entry(_CAMPAIGN, _CAMPAIGN + "    when: {url: https://orchard.example.org/}\n"),
    "visibility of the entry": _entry(_CAMPAIGN, _CAMPAIGN + "    visibility: private\n"),
    "warning of the entry": _entry(_CAMPAIGN, _CAMPAIGN + "    warning: pears\n"),
    "empty warning of the entry": _entry(_CAMPAIGN, _CAMPAIGN + '    warning: ""\n'),
    # People.
    "handle of a person": _people("@mara@grove.example", "@mara@pond.example"),
    "no handle": _people('{mastodon: "@mara@grove.example"}', "{}"),
    "consent": _people("consent: mention", "consent: name"),
    "name of a person": _people("name: Mara Quist", "name: Mara Q.", DIFFERS, Edit(PEOPLE, "consent: mention", "consent: name")),
    "languages of the founder": _people("founder: {}\n  ines", "founder: {}\n    languages: [es]\n  ines", DIFFERS, _NO_LANGUAGE),
    # Settings of the project and of the account.
    "platform": _settings('platform = "mastodon"\nserver', 'platform = "console"\nserver'),
    "server": _settings('handle = "orchard"', 'handle = "orchard"', ""),  # filled in by the test
    "handle": _settings('handle = "orchard"', 'handle = "orchards"'),
    "pinned id": _settings('id = "', 'id = "0'),
    "visibility of the account": _settings('handle = "orchard"', 'handle = "orchard"\nvisibility = "private"'),
    "visibility of replies": _settings('replies = "unlisted"', 'replies = "public"'),
    "numbering": _settings('handle = "orchard"', 'handle = "orchard"\nnumbering = "1/5"'),
    "mentions": _settings('handle = "orchard"', 'handle = "orchard"\nmentions = "names"'),
    "split": _settings('handle = "orchard"', 'handle = "orchard"\nsplit = "never"', DIFFERS, _LONG),
    "limits": _settings('handle = "orchard"', 'handle = "orchard"\nlimits = { characters = 60 }'),
    "language of the account": _settings('handle = "orchard"', 'handle = "orchard"\nlanguage = "es"', DIFFERS, _NO_LANGUAGE),
    "language of the project": _settings('language = "de"', 'language = "fr"', DIFFERS, _NO_LANGUAGE),
    "hosts of links": _settings('hosts = ["orchard.example.org"]', 'hosts = ["grove.example.org"]'),
    "source of links": _settings('hosts = ["orchard.example.org"]', 'hosts = ["orchard.example.org"]\nsource = "us"'),
    "medium of links": _settings('hosts = ["orchard.example.org"]', 'hosts = ["orchard.example.org"]\nmedium = ""'),
    "campaign of links": _settings('hosts = ["orchard.example.org"]', 'hosts = ["orchard.example.org"]\ncampaign = "{account}"'),
    # Sources.
    "an embargo": Mutation(Edit(NOTE, _WELL, _EMBARGO), OTHERWISE),
    "no embargo": Mutation(
        Edit(NOTE, _EMBARGO, _WELL), OTHERWISE,
        (Edit(NOTE, _WELL, _EMBARGO),),
    ),
}  # fmt: skip

# What may change without a word, a picture, a time or a rule being another.
HARMLESS: dict[str, Edit] = {
    "what a picture has behind its end, and is not sent": Edit("drafts/pears.png", png(20), png(20) + b"behind"),
    "a comment of the calendar": Edit(CALENDAR, "entries:", "# to be looked at on Monday\nentries:"),
    "blank lines of the calendar": Edit(CALENDAR, "entries:\n", "entries:\n\n\n"),
    "quotes in the calendar": Edit(CALENDAR, "campaign: harvest", 'campaign: "harvest"'),
    "another entry": Edit(CALENDAR, "at: 2199-01-01 09:30", "at: 2199-01-02 10:00"),
    "another slot": Edit(CALENDAR, 'time: "18:30"', 'time: "19:00"'),
    "the slot of an entry that is not put on the next": Edit(CALENDAR, 'time: "09:30"', 'time: "10:00"'),
    "a blackout": Edit(CALENDAR, "entries:", "blackout:\n  - {from: 2020-01-01, to: 2020-01-02}\nentries:"),
    "a comment of the draft": Edit(DRAFT, "<!-- only: ours -->", "<!-- only: ours -->\n<!-- is that right? -->"),
    "the title of the draft": Edit(DRAFT, "title: The orchard", "title: Our orchard"),
    "tags of the draft": Edit(DRAFT, "tags: [orchard]\n", ""),
    "evidence": Edit(DRAFT, "notes/call.md#L7 -->", "notes/call.md#L3-L7 -->"),
    "another person": Edit(PEOPLE, "name: Ines Roth", "name: Ines R."),
    "how a rule is written": Edit(SETTINGS, 'replies = "unlisted"\n', ""),
    "another account's settings": Edit(SETTINGS, 'platform = "console"', 'platform = "console"\nnumbering = "1/5"'),
    "a budget": Edit(SETTINGS, 'handle = "orchard"', 'handle = "orchard"\nbudget = { month = 10.00 }'),
    "a line of a source": Edit(NOTE, "everybody is welcome", "everyone is welcome"),
}
