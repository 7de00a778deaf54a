"""Figures as years of work leave them, made up from a seed: rows of contentkit.db, written without the program."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.store.parts import add_part

AGES = (1, 6, 24, 72, 168, 720, 2160)
END = datetime(2026, 12, 3, 9, 17, tzinfo=UTC)
TITLES = (
    "Grebe 2 is here", "What a night of backups costs", "Six lines that saved an hour", "Meet Odile", "Why we test restores",
    "From 51 minutes to 6", "A map of every error", "What we learnt from 412 nights", "The queue that never slept",
    "How a release is made", "Thank you, contributors", "Restoring on a laptop",
)  # fmt: skip
HOOKS = ("question", "number", "statement", "announcement", "quotation")
_SHARE = {1: 0.15, 6: 0.45, 24: 0.7, 72: 0.88, 168: 0.96, 720: 1.0, 2160: 1.02}


@dataclass(frozen=True, kw_only=True)
class Made:
    """How much of it there is, and how strange it may be."""

    seed: int
    threads: int = 120
    accounts: tuple[str, ...] = ("grebe-mastodon", "grebe-x")
    words: Sequence[str] = TITLES
    strange: float = 0.05


@dataclass(frozen=True)
class _Writer:
    connection: sqlite3.Connection
    made: Made
    chance: random.Random

    def all(self) -> None:
        for number in range(self.made.threads):
            self._entry(number)
        for account in self.made.accounts:
            self._followers(account)
        for number in range(0, self.made.threads, 20):
            self._visits(f"entry-{number:04}"[:-1])

    def _entry(self, number: int) -> None:
        chance, made = self.chance, self.made
        name = f"entry-{number:04}"
        is_imported = chance.random() < made.strange
        if not is_imported:
            values = (
                name, f"drafts/{name}.md", chance.choice(made.words), chance.choice((None, "grebe-2", "restore-week")),
                chance.choice((None, "morning", "evening")), "odile", chance.choice(("en", "es")),
                chance.choice(("extractive", "openai")), chance.choice(HOOKS), None,
            )  # fmt: skip
            self.connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * len(values))})", values)
            for source in chance.sample(("notes/call.md", "notes/blog.md", "notes/talk.vtt"), chance.randint(0, 2)):
                self.connection.execute("INSERT INTO entry_sources VALUES (?, ?)", (name, source))
        begun = END - timedelta(hours=30) - timedelta(hours=9 * number, minutes=chance.randint(0, 300))
        for account in made.accounts:
            if chance.random() < 0.9:
                self._thread(name, is_imported, account, begun)

    def _thread(self, name: str, is_imported: bool, account: str, begun: datetime) -> None:
        chance = self.chance
        parts = chance.choice((1, 2, 3, 3, 4, 5, 6))
        liked = chance.lognormvariate(2.5, 0.8)
        for part in range(parts):
            remote = f"{account}-{name}-{part}"
            text = f"{chance.choice(self.made.words)}.\nPart {part + 1} of what {name} says, with https://example.org/{name}?utm_source={account}&utm_campaign={name[:-1]}"
            publication = add_part(
                self.connection, account=account, platform=account.rpartition("-")[2],
                published_at=_stamp(begun + timedelta(seconds=20 * part)), entry=None if is_imported else name, part=part,
                parts=parts, post=None if is_imported else part, remote_id=remote,
                url=f"https://{account}.example/@grebe/{name}-{part}",
                text=None if chance.random() < self.made.strange else text, origin="archive" if is_imported else "here",
                opening=f"{account}-{name}-0" if is_imported and part else None,
                hook=HOOKS[int(name.rpartition("-")[2]) % len(HOOKS)] if is_imported else None,
            )  # fmt: skip
            self._readings(publication, account, begun, liked * 0.75**part)

    def _readings(self, publication: int, account: str, begun: datetime, liked: float) -> None:
        """At each age that was reached; now and then not at one, twice, or not at all, until the post is gone."""
        chance, strange = self.chance, self.made.strange
        if chance.random() < strange / 2:
            return
        sees = account.endswith("x")
        number = 0
        for age in AGES:
            taken = begun + timedelta(hours=age, minutes=chance.randint(0, 20))
            if taken > END or chance.random() < strange / 3:
                continue
            seconds = int(taken.timestamp())
            state = "told" if chance.random() > strange / 5 else chance.choice(("deleted", "unavailable"))
            for extra in range(1 + (chance.random() < strange)):
                number += 1
                share = liked * _SHARE[age]
                counts: list[int | None] = [1, round(share / 6) + 1, round(share) + extra, round(share / 3)]
                counts += [None if chance.random() < strange else 0, round(share * 40) if sees else None]
                counts += [round(share / 5) if sees and age <= 720 else None]
                if state != "told":
                    counts = [0, *[None] * 6]
                self.connection.execute(
                    """INSERT INTO snapshots (publication, number, age, taken, lost, own_replies, replies, likes, shares,
                         quotes, impressions, link_clicks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (publication, number, age, seconds + 1800 * extra, None if state == "told" else state, *counts),
                )
            if state == "deleted":
                return

    def _followers(self, account: str) -> None:
        followers = self.chance.randint(300, 4000)
        for day in reversed(range(90)):
            taken = END - timedelta(days=day, minutes=self.chance.randint(0, 50))
            followers += self.chance.randint(-2, 9)
            if self.chance.random() > self.made.strange:
                self.connection.execute(
                    "INSERT INTO account_snapshots (account, server, owner, taken_at, followers) VALUES (?, 's', '7', ?, ?)",
                    (account, _stamp(taken), followers if self.chance.random() > self.made.strange / 4 else None),
                )

    def _visits(self, campaign: str) -> None:
        """What two analytics programs told of a campaign: one by day and source, one of a month, by campaign alone."""
        for account in self.made.accounts:
            for day in (date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 30)):
                self._visit("ga4", "utm_source utm_campaign", day, day, account, campaign.upper())
        self._visit("ga4", "utm_campaign", date(2026, 11, 1), date(2026, 11, 30), None, campaign)
        self._visit("plausible", "utm_campaign", date(2026, 11, 1), date(2026, 11, 30), None, campaign)

    def _visit(self, analytics: str, tags: str, first: date, last: date, source: str | None, campaign: str) -> None:
        row = (analytics, "example.org", tags, first.isoformat(), last.isoformat(), source, campaign)
        told = (self.chance.randint(0, 90), None if self.chance.random() < 0.3 else 3, _stamp(END))
        self.connection.execute(
            """INSERT INTO visits (analytics, site, tags, first_day, last_day, utm_source, utm_campaign, visits, visitors,
                 imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*row, *told),
        )


def fill(connection: sqlite3.Connection, made: Made) -> None:
    """Writes the rows into an empty database that has its tables."""
    connection.execute("BEGIN")
    _Writer(connection, made, random.Random(made.seed)).all()
    connection.execute("COMMIT")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
