"""Threads as a file, so that what another program made can be compared with ours: a model's, another prompt's, a person's.

{"maker": "a name", "threads": {"call.vtt": {"group": "interviews", "title": "an interview with Ana Ruiz",
 "posts": ["…", "…"], "closing": "Full interview:\\nhttps://example.org/call"}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.drafts.blinding import Made
from benchmarks.drafts.threads import Thread
from contentkit.errors import ContentError

_SHAPE = "give a file as `threads` writes it"


def threads_as_json(made: Sequence[Made]) -> Mapping[str, Any]:
    """Our threads in the form that ``compared`` reads."""
    return {
        "maker": made[0].ours if made else "",
        "threads": {
            one.text: {
                "group": one.group,
                "title": one.title,
                "posts": list(one.threads[one.ours].posts),
                "closing": one.threads[one.ours].closing,
            }
            for one in made
        },
    }


def compared(ours: Path, theirs: Path) -> tuple[list[Made], list[str]]:
    """The texts that both files have a thread of; and the names of those that only one has.

    Raises ContentError for a file in another form, and where both have one maker.
    """
    maker, own = _loaded(ours)
    rival, others = _loaded(theirs)
    if maker == rival:
        raise ContentError(
            f"{theirs.name}: is by '{rival}' as the other file is", hint="give each maker a name of its own"
        )
    made = [
        Made(
            text=text,
            group=str(known.get("group") or "threads"),
            title=str(known.get("title") or text),
            ours=maker,
            threads={maker: _thread(maker, known), rival: _thread(rival, others[text])},
        )
        for text, known in own.items()
        if text in others
    ]
    return made, sorted(own.keys() ^ others.keys())


def _loaded(path: Path) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        maker, threads = str(content["maker"]), content["threads"]
        if not all(isinstance(each["posts"], list) and each["posts"] for each in threads.values()):
            raise ContentError(f"{path.name}: has a thread without posts", hint=_SHAPE)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{path.name}: no threads can be read here: {error!r}", hint=_SHAPE) from error
    return maker, threads


def _thread(maker: str, known: Mapping[str, Any]) -> Thread:
    posts = tuple(str(post) for post in known["posts"])
    return Thread(maker=maker, posts=posts, closing=str(known.get("closing") or ""))
