"""A growth curve as a small picture: both axes logarithmic, text as text, light and dark as the reader's screen is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.topics import Curve

_WIDTH, _HEIGHT = 720, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 508, 44, 326
_LINE = 15  # between two names of lines, in pixels
# Told apart by those who see few colours, too (Okabe and Ito).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f")
_STYLE = """text{font:12px system-ui,sans-serif;fill:#24292f}.title{font-weight:600;font-size:14px}
.grid{stroke:#d0d7de}.line{fill:none;stroke-width:2}rect{fill:#fff}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#30363d}rect{fill:#0d1117}}"""


@dataclass(frozen=True)
class _Axis:
    """A logarithmic axis over whole powers of ten, from one pixel to another."""

    low: int
    high: int
    first: float
    last: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)

    def ticks(self) -> Sequence[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def drawn(curve: Curve) -> str:
    """The picture as SVG. Every value is greater than 0."""
    points = [point for line in curve.lines.values() for point in line]
    across = _axis([x for x, _ in points], _LEFT, _RIGHT)
    up = _axis([y for _, y in points], _BOTTOM, _TOP)
    told = "; ".join(f"{name}: {_ends(line, curve)}" for name, line in curve.lines.items())
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
            f"<title>{escape(curve.name)}</title>\n<desc>{escape(told)}</desc>\n<style>{_STYLE}</style>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}"/>',
            f'<text class="title" x="{_LEFT}" y="22">{escape(curve.name)}</text>',
            f'<text x="{_RIGHT}" y="{_HEIGHT - 12}" text-anchor="end">{escape(curve.many)}</text>',
            f'<text x="{_LEFT}" y="38">{escape(curve.unit)}</text>',
            *_grid(across, up),
            *_lines(curve, across, up),
            "</svg>\n",
        ]
    )


def _axis(values: Sequence[float], first: float, last: float) -> _Axis:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _Axis(low, max(high, low + 1), first, last)


def _ends(line: Sequence[tuple[float, float]], curve: Curve) -> str:
    (few, least), (many, most) = line[0], line[-1]
    return f"{least:.3g} {curve.unit} at {few:,.0f} {curve.many}, {most:.3g} at {many:,.0f}"


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    for value in across.ticks():
        x = across.at(value)
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{_BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{_number(value)}</text>'
    for value in up.ticks():
        y = up.at(value)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_number(value)}</text>'


def _lines(curve: Curve, across: _Axis, up: _Axis) -> Iterator[str]:
    ends = sorted((up.at(line[-1][1]), name) for name, line in curve.lines.items())
    places = dict(_apart(ends))
    for colour, (name, line) in zip(_COLOURS, curve.lines.items(), strict=False):
        path = "L".join(f"{across.at(x):.1f} {up.at(y):.1f}" for x, y in line)
        yield f'<path class="line" stroke="{colour}" d="M{path}"/>'
        yield from (f'<circle cx="{across.at(x):.1f}" cy="{up.at(y):.1f}" r="3" fill="{colour}"/>' for x, y in line)
        # The name stands at the end of its line in the colour of its line.
        yield f'<circle cx="{_RIGHT + 14}" cy="{places[name]:.1f}" r="4" fill="{colour}"/>'
        yield f'<text x="{_RIGHT + 24}" y="{places[name] + 4:.1f}">{escape(name)}</text>'


def _apart(ends: Sequence[tuple[float, str]]) -> Iterator[tuple[str, float]]:
    """Where each name is written: at the end of its line, or below the name before it."""
    free = float(_TOP)
    for height, name in ends:
        place = max(height, free)
        free = place + _LINE
        yield name, place


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
