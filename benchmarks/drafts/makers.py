"""All threads of a text: ours, and one of each baseline in the same shape."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.drafts.baselines import OWN, thread_by
from benchmarks.drafts.summarisers import summarisers
from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread, drafted
from contentkit.drafting import Drafter
from contentkit.drafting.extractive import ExtractiveDrafter

OURS = "contentkit"


def threads_of(text: Text, drafter: Drafter | None = None) -> Mapping[str, Thread]:
    """Maker to thread, ours first; a baseline that finds no sentence has none. Raises ContentError when we draft nothing."""
    ours = drafted(text, drafter or ExtractiveDrafter(), OURS)
    choices = {**OWN, **summarisers(text.language)}
    others = {name: thread_by(name, choose, text, ours) for name, choose in choices.items()}
    return {OURS: ours, **{name: thread for name, thread in others.items() if thread.posts}}
