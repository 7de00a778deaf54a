"""A project with something of everything that an approval is bound to, and what publishing did with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.cli.shell import Ran, Shell
from tests.publishing.pictures import png
from tests.servers.compatible_server import CompatibleServer

NOTE = """# A call about the orchard

Our café by the orchard is open again, says Mara Quist, and everybody is welcome.

We planted 60 trees in one long row behind the house, and two pears are ripe.

The well has water again.
"""
DRAFT = """---
version: 1
title: The orchard
sources: [notes/call.md]
founder: mara
language: en
warning: fruit
link: https://orchard.example.org/open
tags: [orchard]
---
Our café by the orchard is open again, says @{mara}: https://orchard.example.org/open
<!-- evidence: notes/call.md#L3 -->

---

We planted 70 trees in one long row behind the house.

![Two ripe pears](pears.png)
![The row of trees](row.png)
<!-- evidence: notes/call.md#L5 -->
<!-- waive: CK201 "70" by Mara: we counted them again -->

---

The well has water again.
<!-- evidence: notes/call.md#L7 -->
<!-- only: ours -->
"""
PLUMS = """---
version: 1
title: Plums
sources: [notes/call.md]
---
Everybody is welcome.
<!-- evidence: notes/call.md#L3 -->
"""
PEOPLE = """version: 1
people:
  mara:
    name: Mara Quist
    consent: mention
    handles: {mastodon: "@mara@grove.example"}
    founder: {}
  ines: {name: Ines Roth, founder: {}}
"""
CONFIG = """version = 1
project = "our-posts"
language = "de"

[link_tags]
hosts = ["orchard.example.org"]

[publishing]
settle = "0s"

[accounts.ours]
platform = "mastodon"
server = "SERVER"
handle = "orchard"
id = "OWN"
replies = "unlisted"

[accounts.second]
platform = "console"
"""
CALENDAR = """version: 1
timezone: Europe/Madrid
slots:
  morning: {days: [mon, tue, wed, thu, fri], time: "09:30", accounts: [ours]}
  evening: {days: [mon], time: "18:30", accounts: [ours]}
entries:
  - id: pears
    draft: drafts/pears.md
    at: AT
    accounts: [ours]
    campaign: harvest
    late: post within 6h
    slot: morning

  - id: plums
    draft: drafts/plums.md
    at: 2199-01-01 09:30
    accounts: [ours]
"""


@dataclass(frozen=True)
class Orchard:
    """The project on this machine, with the server that its account is on."""

    shell: Shell
    server: CompatibleServer
    told: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        return (self.shell.project / name).read_bytes()

    def replace(self, name: str, old: str | bytes, new: str | bytes) -> None:
        """Replaces the one place of a file where this stands."""
        before, after = (words.encode() if isinstance(words, str) else words for words in (old, new))
        content = self.read(name)
        assert content.count(before) == 1, f"{old!r} stands {content.count(before)} times in {name}"
        self.shell.write(name, content.replace(before, after))

    def approve(self) -> Ran:
        return self.shell.run("approve", "pears", "--yes", "--by", "Ana")

    def post(self) -> dict[str, str]:
        """What a run of ``post`` did with the first part, and why."""
        ran = self.shell.run("post", "--json", variables={"CONTENTKIT_OURS_TOKEN": self.server.token})
        assert ran.out, ran.err
        told = [one for one in ran.json if one["entry"] == "pears"]
        return dict(told[0]) if told else {}

    @property
    def is_untouched(self) -> bool:
        """Whether nothing at all was asked to be made on the server, and nothing written to the other account."""
        asked = [one for one in self.server.history if one.method != "GET"]
        return not asked and not (self.shell.state / "second.console.jsonl").exists()


def planted(shell: Shell, server: CompatibleServer, late: timedelta = timedelta(minutes=1)) -> Orchard:
    """The project with one entry that was due so long ago, not approved yet."""
    from zoneinfo import ZoneInfo

    at = (datetime.now(UTC) - late).astimezone(ZoneInfo("Europe/Madrid"))
    shell.write("contentkit.toml", CONFIG.replace("SERVER", server.url).replace("OWN", server.account_id))
    shell.write("people.yaml", PEOPLE)
    shell.write("calendar.yaml", CALENDAR.replace("AT", f"{at:%Y-%m-%d %H:%M:%S}"))
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/pears.md", DRAFT)
    shell.write("drafts/plums.md", PLUMS)
    shell.write("drafts/pears.png", png(20))
    shell.write("drafts/row.png", png(90))
    (shell.project / "drafts/launch.md").unlink(missing_ok=True)
    return Orchard(shell, server)


def wall_of(orchard: Orchard) -> str:
    """The time of the entry as the calendar has it."""
    found = re.search(r"at: (\S+ \S+)\n    accounts: \[ours\]\n    campaign", orchard.read("calendar.yaml").decode())
    assert found
    return found[1]
