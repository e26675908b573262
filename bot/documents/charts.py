"""Charts as SVG: the same drawing for the pages and, made into PNG, for the chat.

Only presentation attributes, which the policy of the pages allows and their style sheet overrides.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import resvg_py
from pylopdf_fonts_zh_cn import sans_path

from handlers.rules.clipping import clipped
from handlers.rules.notices.report import Chart

INK, SOFT, LINE, PAPER = "#1f2329", "#5c626b", "#d5d8dc", "#ffffff"
COLOURS = ("#1456f0", "#e07b00", "#176f34", "#b3261e")
_DASHES = ("", "7 4", "2 4", "9 3 2 3")
_FAMILY = "Noto Sans SC"
_WIDTH, _HEAD, _FOOT = 440, 76, 36
_COLUMNS_HEIGHT = 200
_STEP = 22
_LABEL_CHARACTERS = 7
_STEPS = (1, 2, 5)
_TICKS = 5
_LINE_HEIGHT = 13


def svg(chart: Chart, name: str) -> str:
    """Return the drawing; *name* tells its parts from those of other charts of the page."""
    draw = _curve if chart.curve else _lying if chart.lying else _standing
    body, height = draw(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_WIDTH} {height}" '
        f'role="img" aria-labelledby="{name}-title {name}-said" font-family="sans-serif" '
        f'font-size="14" fill="{INK}">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-said">{escape(chart.said)}</desc>'
        f'<text x="12" y="28" font-size="17">{escape(chart.title)}</text>'
        + "".join(_legend(chart))
        + "".join(body)
        + "</svg>"
    )


def png(chart: Chart) -> bytes:
    """Return the drawing as a picture, three times as fine as it is large, on white."""
    return resvg_py.svg_to_bytes(
        svg_string=svg(chart, "chart"),
        background=PAPER,
        zoom=3,
        skip_system_fonts=True,
        font_files=[str(sans_path())],
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )


def _legend(chart: Chart) -> Iterator[str]:
    if len(chart.series) > 1:
        for place, series in enumerate(chart.series):
            x = 12 + place * 90
            yield _bar(x, 42, 14, 14, place)
            yield f'<text x="{x + 20}" y="54">{escape(series.name)}</text>'


def _bar(x: float, y: float, width: float, height: float, place: int) -> str:
    return (
        f'<rect class="series-{place}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" fill="{COLOURS[place]}"/>'
    )


def _scale(chart: Chart) -> tuple[float, Sequence[float]]:
    """Return where the axis ends, and its marks: round numbers, five at most."""
    highest = max((float(value) for each in chart.series for value in each.values), default=0)
    step = next(
        base * 10**power for power in range(9) for base in _STEPS if base * 10**power * 5 >= highest
    )
    marks = [step * number for number in range(6)]
    end = next(mark for mark in marks if mark >= max(highest, step))
    return end, [mark for mark in marks if mark <= end]


def _standing(chart: Chart) -> tuple[list[str], int]:
    end, marks = _scale(chart)
    left, bottom = 36, _HEAD + _COLUMNS_HEIGHT
    drawn = []
    for mark in marks:
        y = bottom - mark / end * _COLUMNS_HEIGHT
        drawn.append(f'<path class="axis" d="M{left} {y:.1f}H{_WIDTH - 12}" stroke="{LINE}"/>')
        drawn.append(_words(left - 6, y + 5, f"{mark:g}", "end"))
    room = (_WIDTH - left - 12) / max(len(chart.labels), 1)
    width = min(room * 0.7 / len(chart.series), 34)
    for number, label in enumerate(chart.labels):
        middle = left + room * (number + 0.5)
        for place, series in enumerate(chart.series):
            value = float(series.values[number])
            tall = value / end * _COLUMNS_HEIGHT
            x = middle + (place - len(chart.series) / 2) * width
            drawn.append(_bar(x, bottom - tall, width - 2, tall, place))
            if value:
                drawn.append(_words(x + width / 2 - 1, bottom - tall - 4, f"{value:g}", "middle"))
        drawn.append(_words(middle, bottom + 20, label, "middle"))
    return drawn, bottom + _FOOT


def _lying(chart: Chart) -> tuple[list[str], int]:
    end, marks = _scale(chart)
    left = 24 + 14 * min(max(map(len, chart.labels), default=1), _LABEL_CHARACTERS)
    room = _WIDTH - left - 40
    thick = _STEP if len(chart.series) == 1 else _STEP * 1.6
    height = int(_HEAD + thick * len(chart.labels) + _FOOT)
    drawn = []
    for mark in marks:
        x = left + mark / end * room
        drawn.append(
            f'<path class="axis" d="M{x:.1f} {_HEAD - 6}V{height - _FOOT}" stroke="{LINE}"/>'
        )
        drawn.append(_words(x, height - _FOOT + 18, f"{mark:g}", "middle"))
    for number, label in enumerate(chart.labels):
        top = _HEAD + thick * number
        called = clipped(label, _LABEL_CHARACTERS)
        drawn.append(_words(left - 8, top + thick / 2 + 3, called, "end"))
        tall = (thick - 8) / len(chart.series)
        for place, series in enumerate(chart.series):
            value = float(series.values[number])
            y = top + 2 + place * (tall + 1)
            drawn.append(_bar(left, y, value / end * room, tall, place))
            drawn.append(_words(left + value / end * room + 5, y + tall / 2 + 4, f"{value:g}", ""))
    return drawn, height


def _curve(chart: Chart) -> tuple[list[str], int]:
    """Draw a line for each series, its last value behind it; lines differ in more than colour."""
    end, marks = _scale(chart)
    left, right, bottom = 36, _WIDTH - 40, _HEAD + _COLUMNS_HEIGHT
    drawn = []
    for mark in marks:
        y = bottom - mark / end * _COLUMNS_HEIGHT
        drawn.append(f'<path class="axis" d="M{left} {y:.1f}H{right}" stroke="{LINE}"/>')
        drawn.append(_words(left - 6, y + 5, f"{mark:g}", "end"))
    step = (right - left) / max(len(chart.labels) - 1, 1)
    every = max(1, -(-(len(chart.labels) - 1) // _TICKS))
    for number in range(len(chart.labels) - 1, -1, -every):
        x = left + step * number
        drawn.append(_words(x, bottom + 20, chart.labels[number], "middle", size=11))
    last = _apart([bottom - float(one.values[-1]) / end * _COLUMNS_HEIGHT for one in chart.series])
    for place, series in enumerate(chart.series):
        heights = [bottom - float(value) / end * _COLUMNS_HEIGHT for value in series.values]
        points = " ".join(f"{left + step * n:.1f},{y:.1f}" for n, y in enumerate(heights))
        drawn.append(
            f'<polyline class="line-{place}" points="{points}" fill="none" '
            f'stroke="{COLOURS[place]}" stroke-width="2.5" stroke-dasharray="{_DASHES[place]}"/>'
        )
        drawn.append(_words(right + 5, last[place] + 5, f"{series.values[-1]:g}", ""))
    return drawn, bottom + _FOOT


def _apart(heights: Sequence[float]) -> list[float]:
    """Move what would stand on one another upwards, so that each can be read."""
    placed = list(heights)
    lowest_first = sorted(range(len(placed)), key=lambda place: -placed[place])
    for below, place in pairwise(lowest_first):
        placed[place] = min(placed[place], placed[below] - _LINE_HEIGHT)
    return placed


def _words(x: float, y: float, text: str, anchor: str, *, size: int = 13) -> str:
    at = f" text-anchor={quoteattr(anchor)}" if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{at}>{escape(text)}</text>'
