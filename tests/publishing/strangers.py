"""Lives on servers that nobody has seen before, behind a proxy that loses answers: what to and what from them is drawn by seed.

python -m tests.publishing.strangers --seeds 2000
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contentkit.testing.loopback import Request
from tests.publishing.sequences import SCENES, Life, Scene, Tally, live, quick_folder, shown
from tests.publishing.stage import Stage
from tests.servers.dialects import draw
from tests.servers.faulty_proxy import creates_a_status
from tests.servers.stranger import Stranger
from tests.servers.x_dialects import StrangeX
from tests.servers.x_dialects import draw as draw_x

# What a client cannot tell from a request that never arrived, and what says that it did not.
LOST = ("close", "reset", "truncate", "drop", "server_error_after", "bad_gateway", "html_ok", "empty_ok", "too_many")
_LOST_ON_X = (*LOST, "duplicate", "no_credit", "invisible")
TEXTS = (
    "Plain words, and then some more of them.",
    "Read https://example.org/a/rather/long/path?b=c&d=e#f, then (https://www.example.org/).",
    "We said \"it's done\" -- and 'done' means done... doesn't it?",
    "For #TimeSeries and #OpenSource: 1 < 2 && 3 > 2, <b>not bold</b>, &amp; as it stands",
    "First line\nsecond line\n\nafter a gap\n- an item  \n- another one",
    "Thanks @ana@example.social and @bert :blob_cat: 👩‍👩‍👧‍👦 👋🏽",
    "Café, cafe\u0301, na\u00efve, \u1e9b\u0323, 한글, 日本語のテキスト",
    "*stars*, _lines_, `code`, ~~struck~~ and $[tada nothing]",
    "two  spaces, a\u00a0hard one, and a soft\u00adhyphen",
    "https://example.org/only-a-link-that-is-longer-than-thirty-characters",
)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One stranger, and what goes wrong before it."""

    scene: Scene
    script: tuple[str, ...]


def _anything(request: Request) -> bool:
    return True


def meeting(seed: int) -> Meeting:
    """The stranger of this seed; half of them lose the answers to reads, too."""
    dialect, pick = draw(seed), random.Random(f"faults {seed}")
    reads = pick.random() < 0.5
    script = [
        pick.choice(LOST) if pick.random() < (0.2 if reads else 0.6) else "pass" for _ in range(24 if reads else 5)
    ]
    scene = Scene(
        name="strangers",
        serve=lambda: Stranger(dialect),
        stage=_on_a_stranger,
        dialect={"matches": _anything if reads else creates_a_status},
        faults=LOST,
        kinds=LOST,
        shows=dialect.can_be_matched,
        texts=tuple(pick.sample(TEXTS, 3)),
    )
    return Meeting(scene=scene, script=tuple(script))


def meeting_on_x(seed: int) -> Meeting:
    """X in the dialect of this seed; what is billed is judged, too."""
    dialect, pick = draw_x(seed), random.Random(f"faults on x {seed}")
    lost = _LOST_ON_X
    script = [pick.choice(lost) if pick.random() < 0.6 else "pass" for _ in range(5)]
    texts = tuple(pick.sample([text for text in TEXTS if dialect.entities or "https" not in text], 3))
    scene = replace(
        SCENES["x"], name="strange x", serve=lambda: StrangeX(dialect), faults=lost, kinds=lost, texts=texts
    )
    return Meeting(scene=scene, script=tuple(script))


def _on_a_stranger(folder: Path, url: str, server: Stranger) -> Stage:
    stage = Stage(folder, server=url, token=server.token, read_seconds=2.0)
    begun = stage.clock.now()
    server.seconds = lambda: (stage.clock.now() - begun).total_seconds()
    return stage


def meet(seed: int, meeting: Callable[[int], Meeting] = meeting) -> Life:
    """One life with the stranger of this seed."""
    one = meeting(seed)
    with quick_folder() as folder:
        return live(one.scene, one.script, Path(folder) / "state")


def main(arguments: Sequence[str]) -> int:
    """Prints a table; 1 when the promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.publishing.strangers", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument(
        "--x", action="store_true", help="X in other words, instead of servers that speak Mastodon's API"
    )
    wish = parser.parse_args(arguments)
    total, bad = Tally("strange x" if wish.x else "strangers"), []
    began = time.perf_counter()
    for seed in range(wish.first, wish.first + wish.seeds):
        life = meet(seed, meeting_on_x if wish.x else meeting)
        total.add(life)
        if life.wrong or any(hold.needless for hold in life.holds):
            bad.append(life)
            sys.stdout.write(f"seed {seed}: {draw_x(seed) if wish.x else draw(seed)}\n  {life}\n")
    total.seconds = time.perf_counter() - began
    sys.stdout.writelines(f"{line}\n" for line in shown(total, [one for one in bad if one.wrong]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
