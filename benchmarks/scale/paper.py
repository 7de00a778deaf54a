"""From what one post costs, as it was measured, on to ten million accounts: the tables of docs/scale.md.

    .venv/bin/python -m benchmarks.scale.paper      print them; docs/generate.py writes them into the page

Nothing here is measured but what ``per_post.json`` holds. What is assumed stands in ``Assumed`` with its reason, and in the page;
whoever believes another figure changes it there and sees what follows.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

from contentkit.money.prices import prices_of

PAGE = "docs/scale.md"
MEASURED = Path(__file__).with_name("per_post.json")
_BLOCK = re.compile(r"(?<=<!-- paper -->\n).*?(?=<!-- /paper -->)", re.S)
_DAY, _HOURS, _MONTH = 86_400, 24, 30


@dataclass(frozen=True, kw_only=True)
class PerPost:
    """What one post of one part costs, planned, sent and confirmed: CPU in milliseconds, sizes in bytes."""

    database_cpu: float
    worker_cpu: float
    commits: float
    log: float
    waiting: float
    kept: float
    posts: int
    where: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What nobody here has measured. Shares are of 1, prices in US dollars a month."""

    on_the_hour: float = 0.5
    busiest: float = 2.4
    days_ahead: int = 3
    days_kept: int = 30
    cores: int = 16
    cores_used: float = 0.5
    largest_log: int = 50
    largest_store: int = 500
    encryption_cpu: float = 2.0
    request: float = 0.3
    on_x: float = 0.5
    with_link: float = 0.3
    app_limit: int = 10_000
    core_price: Decimal = Decimal(30)
    cell_price: Decimal = Decimal(1500)
    store_price: Decimal = Decimal("0.10")


WHY: Mapping[str, tuple[str, str]] = {
    "on_the_hour": ("share of posts that are due at a full hour", "people choose 9:00, not 9:07"),
    "busiest": ("the busiest full hour, by the mean one", "working days of two continents"),
    "days_ahead": ("days for which a post waits", "most calendars are full for some days"),
    "days_kept": ("days for which what is out stays in the tables", "older days go to files, by partition"),
    "cores": ("cores of one database server", "a common size"),
    "cores_used": ("share of them for this work", "the rest is for vacuum, backups, questions, and a bad day"),
    "largest_log": (
        "MB a second of write-ahead log that one server takes",
        "network disks and replicas keep up with so much",
    ),
    "largest_store": ("GB in one database", "a restore must end within hours"),
    "encryption_cpu": ("ms of CPU for TLS and a proxy, a post", "the loopback has neither"),
    "request": ("seconds that a network needs for an answer", "a handshake is kept open, the server is far away"),
    "on_x": ("share of posts on X", "the other half is on Mastodon"),
    "with_link": ("share of these with a link, which X bills dearer", "announcements lead somewhere"),
    "app_limit": ("posts a day that X takes from one app", "its documentation, the lower of its two statements"),
    "core_price": ("US dollars for a core of a worker, a month", "a placeholder: put in your own"),
    "cell_price": ("US dollars for a database server and its replica, a month", "a placeholder"),
    "store_price": ("US dollars for a GB, a month", "a placeholder"),
}


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """How much is to be published, and within how many seconds after a full hour."""

    name: str
    accounts: int
    posts_a_day: int
    window: int


FLEETS = (
    Fleet(name="an agency", accounts=10_000, posts_a_day=33_000, window=60),
    Fleet(name="a large service", accounts=1_000_000, posts_a_day=10_000_000, window=300),
    Fleet(name="a network's worth, in 5 minutes", accounts=10_000_000, posts_a_day=100_000_000, window=300),
    Fleet(name="a network's worth, in one minute", accounts=10_000_000, posts_a_day=100_000_000, window=60),
)


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a fleet needs: rates in posts a second, stores in GB, servers and cores as whole numbers."""

    mean: float
    herd: float
    peak: float
    in_flight: float
    cells_by_cpu: int
    cells_by_log: int
    cells_by_store: int
    store: float
    worker_cores: int
    worker_cores_mean: int

    @property
    def cells(self) -> int:
        return max(self.cells_by_cpu, self.cells_by_log, self.cells_by_store)


def cell_rate(cost: PerPost, assumed: Assumed) -> float:
    """Posts a second that one database server carries by its cores."""
    return assumed.cores * assumed.cores_used * 1000 / cost.database_cpu


def log_rate(cost: PerPost, assumed: Assumed) -> float:
    """Posts a second that one database server carries by its write-ahead log."""
    return assumed.largest_log * 1e6 / cost.log


def worker_cpu(cost: PerPost, assumed: Assumed) -> float:
    """Milliseconds of a worker's CPU for a post on a real network."""
    return cost.worker_cpu + assumed.encryption_cpu


def herd_of(posts_a_day: float, assumed: Assumed) -> float:
    """Posts that are due at the busiest full hour."""
    return posts_a_day * assumed.on_the_hour / _HOURS * assumed.busiest


def day_of(rate: float, window: float, assumed: Assumed) -> float:
    """Posts a day whose busiest full hour is done within the window at this rate: the way back of ``herd_of``."""
    return rate * window * _HOURS / (assumed.on_the_hour * assumed.busiest)


def needs_of(fleet: Fleet, cost: PerPost, assumed: Assumed) -> Needs:
    """What follows for a fleet."""
    mean, herd = fleet.posts_a_day / _DAY, herd_of(fleet.posts_a_day, assumed)
    peak = herd / fleet.window
    store = fleet.posts_a_day * (assumed.days_ahead * cost.waiting + assumed.days_kept * cost.kept) / 1e9
    return Needs(
        mean=mean,
        herd=herd,
        peak=peak,
        in_flight=peak * assumed.request,
        cells_by_cpu=math.ceil(peak / cell_rate(cost, assumed)),
        cells_by_log=math.ceil(peak / log_rate(cost, assumed)),
        cells_by_store=math.ceil(store / assumed.largest_store),
        store=store,
        worker_cores=math.ceil(peak * worker_cpu(cost, assumed) / 1000),
        worker_cores_mean=math.ceil(mean * worker_cpu(cost, assumed) / 1000),
    )


def first_met(cost: PerPost, assumed: Assumed) -> list[tuple[float, str]]:
    """The posts a day at which each limit is met by one server, one worker of 8 cores, one app: the nearest first."""
    core = 1000 / worker_cpu(cost, assumed)
    stored = assumed.days_ahead * cost.waiting + assumed.days_kept * cost.kept
    met = [
        (assumed.app_limit / assumed.on_x, "one app on X"),
        (day_of(8 * core, 60, assumed), "one worker of 8 cores, the full hour in one minute"),
        (day_of(8 * core, 300, assumed), "one worker of 8 cores, the full hour in 5 minutes"),
        (day_of(cell_rate(cost, assumed), 60, assumed), "cores of one database, the full hour in one minute"),
        (day_of(cell_rate(cost, assumed), 300, assumed), "cores of one database, the full hour in 5 minutes"),
        (day_of(log_rate(cost, assumed), 60, assumed), "write-ahead log of one database, the full hour in one minute"),
        (assumed.largest_store * 1e9 / stored, "room of one database"),
    ]
    return sorted(met)


def billed_by_x(posts: float, assumed: Assumed) -> Decimal:
    """US dollars that X bills for so many posts of all networks."""
    prices = prices_of("x")
    linked = Decimal(str(assumed.with_link))
    each = prices.create_with_link * linked + prices.create * (1 - linked)
    return Decimal(round(posts * assumed.on_x)) * each


def measured() -> PerPost:
    """What was measured last. Raises FileNotFoundError where nothing ever was."""
    return PerPost(**json.loads(MEASURED.read_text("utf-8")))


def tables(cost: PerPost, assumed: Assumed) -> Iterator[str]:
    """The page's tables, line by line."""
    yield "### Measured\n"
    yield from _table(("a post of one part, planned, sent and confirmed", "measured"), _cost_rows(cost))
    yield f"\n{cost.posts:,} posts on {cost.on}, {cost.where}.\n"
    yield "### Assumed\n"
    yield from _table(("what", "figure", "why"), _assumed_rows(assumed))
    yield "\n### What follows\n"
    needs = [(fleet, needs_of(fleet, cost, assumed)) for fleet in FLEETS]
    yield from _table(("", *(fleet.name for fleet in FLEETS)), _needs_rows(needs))
    yield "\n### What it costs a month\n"
    yield from _table(("US dollars", *(fleet.name for fleet in FLEETS)), _price_rows(needs, assumed))
    yield "\n### Which limit is met first\n"
    yield "With one database server, one worker, one app on X, and more posts each day:\n"
    rows = [(f"{_round(posts)} posts a day", what) for posts, what in first_met(cost, assumed)]
    yield from _table(("at", "what is met"), rows)


def pages(root: Path) -> Mapping[str, str]:
    """The page as it should be, by its path from ``root``; what is said by hand stays as it is."""
    wanted = "\n" + "\n".join(tables(measured(), Assumed())) + "\n\n"
    text, count = _BLOCK.subn(lambda _: wanted, (root / PAGE).read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{PAGE}: mark what is reckoned with <!-- paper --> and <!-- /paper -->")
    return {PAGE: text}


def _cost_rows(cost: PerPost) -> Iterator[Sequence[str]]:
    yield "CPU of PostgreSQL", f"{cost.database_cpu:.2f} ms"
    yield "CPU of a worker, the network a server on the same machine", f"{cost.worker_cpu:.2f} ms"
    yield "commits that wait for the disk", f"{cost.commits:.1f}"
    yield "write-ahead log", f"{_thousands(cost.log)} bytes"
    yield "in tables and indexes while it waits, its approval included", f"{_thousands(cost.waiting)} bytes"
    yield "in tables and indexes when it is out, its history included", f"{_thousands(cost.kept)} bytes"


def _assumed_rows(assumed: Assumed) -> Iterator[Sequence[str]]:
    for field in fields(assumed):
        what, why = WHY[field.name]
        value = getattr(assumed, field.name)
        yield what, f"{value:,}", why


def _needs_rows(needs: Sequence[tuple[Fleet, Needs]]) -> Iterator[Sequence[str]]:
    yield "accounts", *(f"{fleet.accounts:,}" for fleet, _ in needs)
    yield "posts a day", *(f"{fleet.posts_a_day:,}" for fleet, _ in needs)
    yield "posts a second, mean", *(_round(need.mean) for _, need in needs)
    yield "posts at the busiest full hour", *(_round(need.herd) for _, need in needs)
    yield "posts a second until these are out", *(_round(need.peak) for _, need in needs)
    yield "requests under way at once", *(_round(need.in_flight) for _, need in needs)
    yield "database servers by their cores", *(str(need.cells_by_cpu) for _, need in needs)
    yield "… by their write-ahead log", *(str(need.cells_by_log) for _, need in needs)
    yield "… by their room", *(str(need.cells_by_store) for _, need in needs)
    yield "GB in tables and indexes", *(_round(need.store) for _, need in needs)
    yield "cores of workers, at the full hour", *(f"{need.worker_cores:,}" for _, need in needs)
    yield "… on average", *(f"{need.worker_cores_mean:,}" for _, need in needs)


def _price_rows(needs: Sequence[tuple[Fleet, Needs]], assumed: Assumed) -> Iterator[Sequence[str]]:
    cells = [need.cells * assumed.cell_price for _, need in needs]
    workers = [need.worker_cores * assumed.core_price for _, need in needs]
    stores = [Decimal(round(need.store)) * assumed.store_price for _, need in needs]
    ours = [sum(each) for each in zip(cells, workers, stores, strict=True)]
    posts = [fleet.posts_a_day * _MONTH for fleet, _ in needs]
    theirs = [billed_by_x(number, assumed) for number in posts]
    yield "database servers", *(_round(one) for one in cells)
    yield "workers, as many as the full hour needs", *(_round(one) for one in workers)
    yield "room", *(_round(one) for one in stores)
    yield "all of ours", *(_round(one) for one in ours)
    yield "… for a post", *(f"{one / number:.6f}" for one, number in zip(ours, posts, strict=True))
    yield "what X bills", *(_round(one) for one in theirs)
    yield "… by all of ours", *(f"{_round(x / our)} ×" for x, our in zip(theirs, ours, strict=True))
    yield "apps on X", *(f"{math.ceil(fleet.posts_a_day * assumed.on_x / assumed.app_limit):,}" for fleet, _ in needs)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _round(value: float | Decimal) -> str:
    """To two figures that mean something: nothing here is known better."""
    if not value:
        return "0"
    digits = 1 - math.floor(math.log10(abs(float(value))))
    rounded = round(float(value), digits)
    return f"{rounded:,.{max(digits, 0)}f}"


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


if __name__ == "__main__":
    print("\n".join(tables(measured(), Assumed())))
