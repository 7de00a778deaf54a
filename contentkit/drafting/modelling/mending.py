"""Asking again for the posts that are wrong, with what is wrong with each, twice at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.allowance import UsedUp
from contentkit.drafting.modelling.completions import Completions
from contentkit.drafting.modelling.job import Job
from contentkit.drafting.modelling.prompts import Material
from contentkit.drafting.modelling.proposals import UNSAYABLE
from contentkit.drafting.modelling.shapes import Proposal, posts_schema, proposals_in
from contentkit.errors import PlatformError

_REPAIRS = 2
_LONGEST_SHOWN = 5000


def mended(job: Job, completions: Completions, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those with faults asked for again. What is still wrong then, or cannot be asked for, stays as it is."""
    current = list(proposals)
    for attempt in range(_REPAIRS):
        failing = [(place, faults) for place, one in enumerate(current) if (faults := job.judge.faults(one))]
        if not failing:
            break
        completions.watcher.progress("mending", attempt, _REPAIRS)
        try:
            answers = _asked_again(job, completions, [(current[place], faults) for place, faults in failing])
        except (UsedUp, PlatformError) as error:
            completions.watcher.told(f"Not everything could be mended: {error.message}")
            break
        for (place, _), answer in zip(failing, answers, strict=False):
            current[place] = answer
    return current


def _asked_again(
    job: Job, completions: Completions, failing: Sequence[tuple[Proposal, Sequence[str]]]
) -> list[Proposal]:
    asked = [(_tellable(one, faults), _material(job, one), faults) for one, faults in failing]
    schema = posts_schema(list(job.table.sentences), len(failing))
    return completions.ask(prompts.mending(asked, job.task), schema, proposals_in) or []


def _material(job: Job, proposal: Proposal) -> Material:
    """The sentences it cites; all that it may rest on where it cites none."""
    return Material.of(job.shown.only(proposal.ids) if job.table.of(proposal.ids) else job.shown)


def _tellable(proposal: Proposal, faults: Sequence[str]) -> Proposal:
    """The proposal without its words where they may not be sent back either, and without more than shows what it was."""
    return replace(proposal, text="…" if UNSAYABLE in faults else proposal.text[:_LONGEST_SHOWN])
