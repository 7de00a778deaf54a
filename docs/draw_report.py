"""Draws docs/report.png, a chart as `contentkit report` draws it.

python docs/draw_report.py
"""

from __future__ import annotations

from pathlib import Path

from contentkit.views.report.charts import Range, Ranges
from contentkit.views.report.drawing import png_of

PATH = Path(__file__).resolve().parent / "report.png"
KINDS = (
    ("How it begins: question", 1.6, 1.2, 2.1, 18),
    ("Slot: weekday-morning", 1.2, 0.9, 1.5, 41),
    ("How it begins: statement", 1.0, 0.8, 1.2, 36),
    ("Language: es", 0.9, 0.6, 1.3, 12),
    ("How it begins: announcement", 0.7, 0.5, 0.95, 9),
)


def main() -> None:
    ranges = tuple(Range(label=label, value=value, low=low, high=high, n=n) for label, value, low, high, n in KINDS)
    title = "Kinds of threads beside the usual, with the interval of each"
    PATH.write_bytes(png_of(Ranges(name="kinds", title=title, told="", ranges=ranges)))


if __name__ == "__main__":
    main()
