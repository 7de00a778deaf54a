"""What a judge reads and fills in: a Markdown file to read, and a JSON form beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.drafts.blinding import Pair
from benchmarks.drafts.threads import Thread

CRITERIA: Mapping[str, str] = {
    "hook": "Would the first post stop a reader who knows nothing of it? (1: throat-clearing; 5: I want the next post)",
    "coherence": "Does the thread read as one thing from first to last? (1: clippings in any order; 5: each post follows)",
    "stands alone": "Is each post clear without the source and without the others? (1: who is he, what is it? 5: always clear)",
    "useful": "Does a reader take something away? (1: nothing but noise; 5: a result, a lesson, a number, a decision)",
    "ending": "Does the last post before the link close it? (1: breaks off; 5: a lesson, an outcome, or what comes next)",
}
SIDES = ("A", "B")
PREFERENCES = (*SIDES, "tie")
_TASK = """You edit the social media of an open-source project. Somebody hands you drafts of threads made from a text
(a blog post, notes of a meeting, an interview); you did not write them and have not seen the text. Be strict: what you would
not publish after a small edit is a 2 at most, what you would publish as it stands is a 5. Grade each of the five from 1 to 5:
"""


def pair_sheet(name: str, pairs: Sequence[Pair]) -> str:
    """A batch of pairs to compare."""
    lines = [f"# {name}: which of the two would you rather publish?", "", *_task()]
    lines += [
        "Grade both threads of each pair, then say which you would rather hand on: A, B, or tie if you cannot tell.",
        "",
    ]
    for pair in pairs:
        lines += [f"## {pair.id}: {pair.title}", ""]
        lines += [*_shown(pair.a, f"{pair.id}, thread A"), *_shown(pair.b, f"{pair.id}, thread B")]
    return "\n".join(lines)


def single_sheet(name: str, threads: Sequence[tuple[str, str, Thread]]) -> str:
    """A batch of threads to grade alone, each as (id, title, thread)."""
    lines = [f"# {name}: how good is each thread?", "", *_task()]
    for number, title, thread in threads:
        lines += [f"## {number}: {title}", "", *_shown(thread, number)]
    return "\n".join(lines)


def pair_form(name: str, pairs: Sequence[Pair]) -> str:
    """The empty form of a batch of pairs: 0 and empty stand where an answer is wanted."""
    empty = {side: dict.fromkeys(CRITERIA, 0) for side in SIDES}
    answers = {pair.id: {**empty, "preferred": "", "why": ""} for pair in pairs}
    return _form({"batch": name, "judge": "", "pairs": answers})


def single_form(name: str, ids: Sequence[str]) -> str:
    """The empty form of a batch of threads."""
    return _form(
        {"batch": name, "judge": "", "singles": {each: {**dict.fromkeys(CRITERIA, 0), "why": ""} for each in ids}}
    )


def _form(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _task() -> Iterator[str]:
    yield _TASK
    yield from (f"* **{name}**: {question}" for name, question in CRITERIA.items())
    yield "\nWrite the answers into the form beside this file (same name, `.json`): the grades, and in a few words why.\n"


def _shown(thread: Thread, head: str) -> Iterator[str]:
    yield f"### {head}\n"
    for number, post in enumerate(thread.texts, 1):
        yield f"**{number}/{len(thread.texts)}**\n"
        # Indented: shown letter for letter, whatever is in it.
        yield "\n".join(f"    {line}" for line in post.split("\n")) + "\n"
