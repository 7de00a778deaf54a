"""A round of judging on disk: sheets and forms for the judges, the key elsewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.drafts.blinding import MOST_A_BATCH, Made, batched, key_of, paired
from benchmarks.drafts.makers import OURS, threads_of
from benchmarks.drafts.sheets import pair_form, pair_sheet, single_form, single_sheet
from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread
from contentkit.errors import ContentError, ContentkitError


def write_round(texts: Sequence[Text], out: Path, key: Path, *, against: int, seed: int) -> tuple[list[str], list[str]]:
    """Writes all batches; returns a line for each, and one for each text of which we make nothing.

    Raises ContentError when the key would lie among what the judges read, or when a round lies there already.
    """
    if key.resolve().is_relative_to(out.resolve()):
        raise ContentError(f"{key}: the judges would find the key here", hint="put the key into another folder")
    if key.exists() or any(out.glob("*.json")):
        raise ContentError(f"{out}: a round lies here already", hint="give a new folder and a new key")
    made, failed = _made(texts)
    pairs = paired(made, against, seed)
    singles = _singles(made, seed)
    out.mkdir(parents=True, exist_ok=True)
    key.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for number, batch in enumerate(batched(pairs), 1):
        name = f"pairs-{number:02}"
        _write(out, name, pair_sheet(name, batch), pair_form(name, batch))
        written.append(f"{name}: {len(batch)} pairs")
    for number, start in enumerate(range(0, len(singles), MOST_A_BATCH), 1):
        several = singles[start : start + MOST_A_BATCH]
        name = f"singles-{number:02}"
        shown = [(each, one.title, thread) for each, one, thread in several]
        _write(out, name, single_sheet(name, shown), single_form(name, [each for each, _, _ in several]))
        written.append(f"{name}: {len(several)} threads")
    known = dict(key_of(pairs, seed))
    alone = {each: {"text": one.text, "group": one.group, "A": thread.maker} for each, one, thread in singles}
    known["pairs"] = {**known["pairs"], **alone}  # type: ignore[dict-item]
    key.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return written, failed


def _made(texts: Sequence[Text]) -> tuple[list[Made], list[str]]:
    made, failed = [], []
    for text in texts:
        try:
            threads = threads_of(text)
        except ContentkitError as error:
            failed.append(f"{text.name}: {error.message}")
        else:
            made.append(Made(text=text.name, group=text.group, title=_title(text), threads=threads))
    return made, failed


def _title(text: Text) -> str:
    """What the text is, as an editor would be told."""
    what = {"post": "a blog post", "note": "notes", "transcript": "an interview"}[text.source.kind]
    who = f" with {text.brief.speaker}" if text.brief.speaker else ""
    return f"{what}{who}" + (f", “{text.source.title}”" if text.source.title else "")


def _singles(made: Sequence[Made], seed: int) -> list[tuple[str, Made, Thread]]:
    """Our thread of each text under an id, in an order that is drawn."""
    order = list(made)
    random.Random(seed + 1).shuffle(order)
    return [(f"s{number:03}", one, one.threads[OURS]) for number, one in enumerate(order, 1)]


def _write(out: Path, name: str, sheet: str, form: str) -> None:
    (out / f"{name}.md").write_text(sheet, encoding="utf-8")
    (out / f"{name}.json").write_text(form, encoding="utf-8")
