"""Golden lists of passages: one line each, ``kind first-last (aside) level target: text``. Run as a program to write them."""

from __future__ import annotations

from pathlib import Path

from contentkit.models import Passage, Source
from contentkit.sources import read_source

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".golden")


def source_of(name: str) -> Source:
    return read_source(SAMPLES / name, f"notes/{name}")


def listing(source: Source) -> str:
    about = [source.kind, source.format, source.title, source.author, str(source.written), source.language, source.link]
    lines = [" · ".join([*about, source.site_path, ", ".join(source.tags), "; ".join(source.removed)])]
    lines += [_line(passage) for passage in source.passages]
    return "\n".join(lines) + "\n"


def _line(passage: Passage) -> str:
    what = [passage.kind, f"{passage.first}-{passage.last}"]
    what += ["aside"] if passage.aside else []
    what += [f"level {passage.level}"] if passage.level else []
    what += [passage.target] if passage.target else []
    what += [f"<{link.text}: {link.url}>" for link in passage.links]
    return f"{' '.join(what)} | {passage.text}".replace("\n", "⏎")


if __name__ == "__main__":
    for name in NAMES:
        (SAMPLES / f"{name}.golden").write_text(listing(source_of(name)), encoding="utf-8")
