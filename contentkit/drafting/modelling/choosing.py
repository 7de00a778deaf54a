"""Choosing sentences by number: window by window where there are many, then among those, until a thread can rest on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.completions import Completions, Prompt
from contentkit.drafting.modelling.job import Job
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.shapes import choice_in, choice_schema

_WINDOW = 70
# Each round keeps a third of a window at most, so that it ends.
_MOST_OF_A_WINDOW = 20
_PER_POST = 3


def most_chosen(job: Job) -> int:
    """How many sentences a thread rests on at most."""
    return min(_MOST_OF_A_WINDOW, max(8, _PER_POST * job.posts))


def needs_choice(job: Job) -> bool:
    """Whether there is something to choose. Of a stranger's page always: only what was chosen is shown to who writes."""
    return job.is_foreign or len(job.table.sentences) > most_chosen(job)


def choice_prompts(job: Job) -> Sequence[Prompt]:
    """The first round: one prompt for each window."""
    if not needs_choice(job):
        return []
    return [
        prompts.selecting(prompts.Material.of(window), job.task, most_chosen(job))
        for window in job.table.windows(_WINDOW)
    ]


def chosen(job: Job, completions: Completions, otherwise: Callable[[Numbered], Sequence[str]]) -> Numbered:
    """The sentences to write from. Where no choice can be read, ``otherwise`` says the ids. Raises as ``ask`` does."""
    table = job.table
    while needs_choice(job):
        windows = table.windows(_WINDOW)
        ids: list[str] = []
        for place, window in enumerate(windows):
            completions.watcher.progress("selecting", place, len(windows))
            ids += _of_window(window, job, completions) or list(otherwise(window))[: most_chosen(job)]
        completions.watcher.progress("selecting", len(windows), len(windows))
        if not ids:
            ids = list(table.sentences)[: most_chosen(job)]
        table = table.only(ids)
        if len(windows) == 1:
            break
    return table


def _of_window(window: Numbered, job: Job, completions: Completions) -> list[str]:
    most = most_chosen(job)
    prompt = prompts.selecting(prompts.Material.of(window), job.task, most)
    ids = completions.ask(prompt, choice_schema(list(window.sentences), most), choice_in) or []
    return [number for number in ids if number in window.sentences][:most]
