"""A round of judging on disk: sheets and forms for the judges, the key elsewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.drafts.blinding import MOST_A_BATCH, Against, Made, batched, key_of, paired
from benchmarks.drafts.makers import OURS, threads_of
from benchmarks.drafts.sheets import pair_form, pair_sheet, single_form, single_sheet
from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread
from contentkit.errors import ContentError, ContentkitError

_NAMED_BY_GROUP = {"notes": "notes", "interviews": "an interview", "posts": "a blog post"}
_NAMED_BY_KIND = {"post": "a blog post", "note": "notes", "transcript": "an interview"}


def made_of(texts: Sequence[Text]) -> tuple[list[Made], list[str]]:
    """What all makers made of these texts; and a line for each of which we make nothing."""
    made, failed = [], []
    for text in texts:
        try:
            threads = threads_of(text)
        except ContentkitError as error:
            failed.append(f"{text.name}: {error.message}")
        else:
            made.append(Made(text=text.name, group=text.group, title=title_of(text), ours=OURS, threads=threads))
    return made, failed


def title_of(text: Text) -> str:
    """What the text is, as an editor would be told."""
    what = _NAMED_BY_GROUP.get(text.group) or _NAMED_BY_KIND[text.source.kind]
    who = f" with {text.brief.speaker}" if text.brief.speaker else ""
    return f"{what}{who}" + (f", “{text.source.title}”" if text.source.title else "")


def write_round(made: Sequence[Made], out: Path, key: Path, *, against: Against, seed: int) -> list[str]:
    """Writes batches of pairs, and batches of our threads alone; returns a line for each.

    Raises ContentError when the key would lie among what the judges read, when a round lies there already, and when there
    is nothing to judge.
    """
    if key.resolve().is_relative_to(out.resolve()):
        raise ContentError(f"{key}: the judges would find the key here", hint="put the key into another folder")
    if key.exists() or any(out.glob("*.json")):
        raise ContentError(f"{out}: a round lies here already", hint="give a new folder and a new key")
    if not made:
        raise ContentError("there is no thread to judge", hint="give a folder with texts to draft from")
    pairs = paired(made, against, seed)
    singles = _singles(made, seed)
    out.mkdir(parents=True, exist_ok=True)
    key.parent.mkdir(parents=True, exist_ok=True)
    known = key_of(pairs, seed, made[0].ours)
    known["pairs"] |= {each: {"text": one.text, "group": one.group, "A": one.ours} for each, one in singles}
    key.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    written = []
    for number, batch in enumerate(batched(pairs), 1):
        name = f"pairs-{number:02}"
        _write(out, name, pair_sheet(name, batch), pair_form(name, batch))
        written.append(f"{name}: {len(batch)} pairs")
    for number, start in enumerate(range(0, len(singles), MOST_A_BATCH), 1):
        name = f"singles-{number:02}"
        shown = [(each, one.title, _ours(one)) for each, one in singles[start : start + MOST_A_BATCH]]
        _write(out, name, single_sheet(name, shown), single_form(name, [each for each, _, _ in shown]))
        written.append(f"{name}: {len(shown)} threads")
    return written


def _singles(made: Sequence[Made], seed: int) -> list[tuple[str, Made]]:
    """Each text under an id, in an order that is drawn."""
    order = list(made)
    random.Random(seed + 1).shuffle(order)
    return [(f"s{number:03}", one) for number, one in enumerate(order, 1)]


def _ours(one: Made) -> Thread:
    return one.threads[one.ours]


def _write(out: Path, name: str, sheet: str, form: str) -> None:
    (out / f"{name}.md").write_text(sheet, encoding="utf-8")
    (out / f"{name}.json").write_text(form, encoding="utf-8")
