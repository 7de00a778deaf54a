"""Choosing sentences by number: window by window where there are many, then among those, until a thread can rest on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.completions import Completions, Prompt
from contentkit.drafting.modelling.job import WINDOW, Job
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.shapes import choice_in, choice_schema

_USUAL_CONTEXT = 8192
_FEWEST_OF_A_CONTEXT = 20
# Each round keeps a third of a window at most, so that it ends.
_MOST_OF_A_WINDOW = 20
_FEWEST_OF_A_WINDOW = 3
_PER_POST = 3


def window_of(context: int) -> int:
    """How many sentences are shown at once to a model that reads so many tokens."""
    return max(_FEWEST_OF_A_CONTEXT, WINDOW * context // _USUAL_CONTEXT)


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
    windows = job.table.windows(job.window)
    share = _share(job, len(windows))
    return [prompts.selecting(prompts.Material.of(window), job.task, share) for window in windows]


def chosen(job: Job, completions: Completions, otherwise: Callable[[Numbered], Sequence[str]]) -> Numbered:
    """The sentences to write from. Where no choice can be read, ``otherwise`` says the ids. Raises as ``ask`` does."""
    table = job.table
    while needs_choice(job):
        windows = table.windows(job.window)
        share = _share(job, len(windows))
        ids: list[str] = []
        for place, window in enumerate(windows):
            completions.watcher.progress("selecting", place, len(windows))
            ids += _of_window(window, job, completions, share) or list(otherwise(window))[:share]
        completions.watcher.progress("selecting", len(windows), len(windows))
        table = table.only(ids or list(table.sentences)[: most_chosen(job)])
        if len(windows) == 1:
            break
    return table


def _share(job: Job, windows: int) -> int:
    """How many sentences of a window go on: so few that those of all windows make one, unless there are very many."""
    return min(most_chosen(job), max(_FEWEST_OF_A_WINDOW, job.window // windows))


def _of_window(window: Numbered, job: Job, completions: Completions, share: int) -> list[str]:
    prompt = prompts.selecting(prompts.Material.of(window), job.task, share)
    ids = completions.ask(prompt, choice_schema(list(window.sentences), share), choice_in) or []
    return [number for number in ids if number in window.sentences][:share]
