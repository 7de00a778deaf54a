"""Charts as pictures: SVG for the page, PNG for a slide. The same values give the same bytes.

A length is a pixel. Nothing here reads settings of the user or of the folder: what matplotlib would find there is put aside.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from math import log2
from typing import TYPE_CHECKING, Any

from contentkit.text import one_line
from contentkit.views.report.charts import Chart, Dots, Lines, Ranges, Series, Steps

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# By what stands in the sheet for each colour, so that a page may show others in the dark. Every pair of colours differs in
# lightness or for every eye, and each series has a mark of its own besides.
COLOURS = {
    "--ink": "#1f1d1a",
    "--quiet": "#5d574d",
    "--line": "#d9d4c8",
    "--card": "#fffffe",
    "--series-1": "#0069a8",
    "--series-2": "#b34700",
    "--series-3": "#00755a",
    "--series-4": "#93477f",
    "--series-5": "#4a4a4a",
}
_MARKS = ("o", "s", "^", "D", "v")
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
MOST_SERIES = len(_MARKS)
_SIZE = 12
_ROW = 40
# As wide as most letters of this size are, with some to spare.
_LETTER = 7.6
# How far the axis of "times the usual" goes at most, both ways: what lies beyond is drawn at its end.
_FARTHEST = 3
# A picture for a slide has two dots for each pixel.
_SLIDE, _DENSITY = 720, 2
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What tells a picture of ours from any other file.
PICTURE_MARKER = "contentkit report"


def can_draw() -> bool:
    """Whether the library that draws is installed."""
    from importlib.util import find_spec

    return find_spec("matplotlib") is not None


def svgs_of(chart_widths: Iterable[tuple[Chart, int]]) -> list[bytes]:
    """Each chart as SVG of the width beside it."""
    with _own_settings():
        return [_svg(chart, width) for chart, width in chart_widths]


def _svg(chart: Chart, width: int) -> bytes:
    figure = _figure(chart, width, top=10)
    return _saved(figure, "svg", {"Date": None, "Creator": None, "Format": None, "Type": None})


def png_of(chart: Chart) -> bytes:
    """The chart with its title, as a picture for a slide."""
    with _own_settings():
        figure = _figure(chart, _SLIDE, top=44)
        height = figure.get_figheight() * 72
        title = figure.text(16 / _SLIDE, 1 - 16 / height, one_line(chart.title, 80), va="top", size=15, weight="bold")
        title.set_color(COLOURS["--ink"])
        return _saved(figure, "png", {"Software": PICTURE_MARKER}, dpi=72 * _DENSITY)


@contextmanager
def _own_settings() -> Iterator[None]:
    """The library as it comes, whatever files of settings lie about; words are words, and never formulas."""
    import matplotlib

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with matplotlib.rc_context(), warnings.catch_warnings():
        # A script that the font does not have: the browser has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        matplotlib.rcdefaults()
        matplotlib.rcParams["svg.fonttype"] = "none"
        matplotlib.rcParams["svg.hashsalt"] = "contentkit"
        matplotlib.rcParams["text.parse_math"] = False
        matplotlib.rcParams["font.size"] = _SIZE
        yield


def _figure(chart: Chart, width: int, top: int) -> Figure:
    from matplotlib.figure import Figure

    draw, height = _drawer(chart)
    legend = _legend_rows(chart, width) * 22
    whole = top + height + legend + 34
    figure = Figure(figsize=(width / 72, whole / 72), dpi=72, facecolor="white")
    left, right = _margins(chart)
    axes = figure.add_axes((left / width, 34 / whole, (width - left - right) / width, height / whole), facecolor="none")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, colors=COLOURS["--quiet"], labelsize=_SIZE)
    axes.grid(color=COLOURS["--line"], linewidth=1)
    axes.set_axisbelow(True)
    draw(axes)
    if legend:
        _legend(figure, axes, width, whole, top)
    return figure


def _drawer(chart: Chart) -> tuple[Callable[[Axes], None], int]:
    """What draws it, and how high its axes are."""
    if isinstance(chart, Lines):
        return lambda axes: _draw_lines(axes, chart), 220
    if isinstance(chart, Dots):
        return lambda axes: _draw_dots(axes, chart), 240
    if isinstance(chart, Steps):
        return lambda axes: _draw_steps(axes, chart), 200
    return lambda axes: _draw_ranges(axes, chart), _ROW * len(chart.ranges) + 8


def _margins(chart: Chart) -> tuple[int, int]:
    """Left and right of the axes: numbers at the left, but where each row has its label above it."""
    return (24, 24) if isinstance(chart, Ranges) else (62, 20)


def _draw_lines(axes: Axes, chart: Lines) -> None:
    for index, one in enumerate(chart.series):
        days = [day.toordinal() for day, _ in one.points]
        values = [value for _, value in one.points]
        axes.plot(days, values, linestyle=_DASHES[index], **_style(index), markevery=_every(len(days)), label=one.label)
    days = [day.toordinal() for one in chart.series for day, _ in one.points]
    _day_axis(axes, date.fromordinal(min(days)), date.fromordinal(max(days)))
    axes.axhline(0, color=COLOURS["--quiet"], linewidth=1)
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, -1), max(high, 1))
    axes.locator_params(axis="y", nbins=6, integer=True)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:+,.0f}" if value else "0")


def _draw_dots(axes: Axes, chart: Dots) -> None:
    for index, one in enumerate(chart.series):
        days = [day.toordinal() for day, _ in one.points]
        axes.plot(days, [_doublings(value) for _, value in one.points], **_style(index), linestyle="", label=one.label)
    _day_axis(axes, chart.first, chart.last)
    _times_axis(axes, axes.yaxis, axes.set_ylim, [value for one in chart.series for _, value in one.points])
    axes.axhline(0, color=COLOURS["--quiet"], linewidth=1.5, zorder=1)


def _draw_ranges(axes: Axes, chart: Ranges) -> None:
    room = _letters(axes.get_window_extent().width) - 8
    for row, one in enumerate(chart.ranges):
        ends = [_doublings(one.low), _doublings(one.high)]
        axes.plot(ends, [-row, -row], color=COLOURS["--series-1"], linewidth=5, solid_capstyle="round", alpha=0.45)
        axes.plot([_doublings(one.value)], [-row], **_style(0), linestyle="")
        words = f"{one_line(one.label, room)} (n {one.n})"
        axes.annotate(
            words, (0, -row), (-8, 10), xycoords=("axes fraction", "data"), textcoords="offset points",
            color=COLOURS["--ink"], bbox={"facecolor": COLOURS["--card"], "edgecolor": "none", "pad": 2},
        )  # fmt: skip
    axes.set_ylim(-len(chart.ranges) + 0.5, 0.8)
    axes.set_yticks([])
    _times_axis(axes, axes.xaxis, axes.set_xlim, [end for one in chart.ranges for end in (one.low, one.high)])
    axes.axvline(0, color=COLOURS["--quiet"], linewidth=1.5, zorder=1)


def _draw_steps(axes: Axes, chart: Steps) -> None:
    places = range(len(chart.ranges))
    for place, one in zip(places, chart.ranges, strict=True):
        ends = [min(one.low, 2), min(one.high, 2)]
        axes.plot([place, place], ends, color=COLOURS["--series-1"], linewidth=5, solid_capstyle="round", alpha=0.45)
    values = [min(one.value, 2) for one in chart.ranges]
    axes.plot(places, values, linestyle="-", **_style(0))
    axes.set_xticks(list(places), [one_line(one.label, 6) for one in chart.ranges])
    axes.set_xlim(-0.5, len(chart.ranges) - 0.5)
    axes.set_ylim(0, max(1.08, *(min(one.high, 2) * 1.08 for one in chart.ranges)))
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def _style(index: int) -> dict[str, Any]:
    colour = COLOURS[f"--series-{index + 1}"]
    return {"color": colour, "marker": _MARKS[index], "markersize": 7, "markeredgecolor": colour, "linewidth": 2}


def _letters(width: float) -> int:
    """How many letters there is room for."""
    return int(width / _LETTER)


def _every(count: int) -> int:
    """Marks on a line say whose it is; on every value they would hide it."""
    return max(1, count // 6)


def _doublings(value: float) -> float:
    """How often "usual" is doubled to give this; negative where it is halved."""
    return max(-_FARTHEST, min(_FARTHEST, log2(value))) if value > 0 else -_FARTHEST


def _times_axis(axes: Axes, axis: object, limit: Callable[[float, float], object], values: Sequence[float]) -> None:
    """An axis on which twice and half the usual lie equally far from it."""
    found = [_doublings(value) for value in values]
    low, high = min(-1, *found), max(1, *found)
    ticks = range(int(low // 1), int(-(-high // 1)) + 1)
    names = ["usual" if tick == 0 else f"{2.0**tick:g}x" for tick in ticks]
    set_ticks = axes.set_xticks if axis is axes.xaxis else axes.set_yticks
    set_ticks(list(ticks), names)
    limit(ticks[0] - 0.15, ticks[-1] + 0.15)


def _day_axis(axes: Axes, first: date, last: date) -> None:
    """Four to eight days are named, the first one with its month and each that begins another one."""
    length = (last - first).days
    step = next((step for step in (1, 2, 7, 14, 28, 56, 91, 182) if length / step <= 5), 365)
    days = [first + timedelta(days=ahead) for ahead in range(0, length + 1, step)]
    axes.set_xticks([day.toordinal() for day in days], [f"{day.day} {_MONTHS[day.month - 1]}" for day in days])
    axes.set_xlim(first.toordinal() - 0.7, last.toordinal() + 0.7)


def _series(chart: Chart) -> tuple[Series, ...]:
    return chart.series if isinstance(chart, Lines | Dots) else ()


def _columns(width: int) -> int:
    return 1 if width < 500 else 2


def _legend_rows(chart: Chart, width: int) -> int:
    return -(-len(_series(chart)) // _columns(width))


def _legend(figure: Figure, axes: Axes, width: int, height: int, top: int) -> None:
    room = _letters(width / _columns(width) - 56)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles, [one_line(label, room) for label in labels], loc="upper left", ncols=_columns(width), frameon=False,
        bbox_to_anchor=(8 / width, 1 - (top - 8) / height), borderaxespad=0, labelcolor=COLOURS["--ink"], handlelength=2.4,
    )  # fmt: skip


def _saved(figure: Figure, form: str, metadata: dict[str, str | None], dpi: int = 72) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata=metadata, dpi=dpi)
    return buffer.getvalue()
