"""Numbers → pictures as inline SVG, a handful of elements whatever their number; a pure function of values.

Colours and letters come from the style sheet by class, since the content security policy forbids inline style. Lengths
along the page are percentages, so that a picture is as wide as its column while its letters keep their size. A picture
says in its label what it shows; its figures stand beside it in a table.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

_BAR, _STEP = 3, 4
"""Width of a bar, and with the gap after it, in the picture's own units."""
_SPARK = 40
_HEAD, _FOOT = 12, 22
"""Pixels above the bars and below, for letters."""

_FRAME = Markup('<svg class="chart" role="img" aria-label="{}" width="100%" height="{}">{}</svg>')
_BARS = Markup(
    '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">'
    '<path class="chart-bars" d="{}"/></svg>'
)
_RULE = Markup('<line class="chart-rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>')
_TICK = Markup('<line class="chart-rule" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>')
_WORDS = Markup('<text class="chart-words" x="{}%" dx="{}" y="{}">{}</text>')


def sparkline(values: Sequence[float], label: str, peak: float | None = None) -> Markup:
    """Bars and nothing else, `peak` (by default the highest value) as high as the picture."""
    drawn = _drawn(values, peak or max(values, default=0), 0, _SPARK)
    return _FRAME.format(label, _SPARK + 1, drawn + _RULE.format(_SPARK + 0.5))


def bars(values: Sequence[int], label: str, ticks: Sequence[tuple[int, str]] = (), height: int = 120) -> Markup:
    """Bars over a ground line, with a line at a round value; `ticks` are words below the bars, by position."""
    peak = max(values, default=0)
    ground = _HEAD + height
    parts = [_drawn(values, peak, _HEAD, height), _RULE.format(ground + 0.5)]
    if peak > 0:
        mark = round_below(peak)
        level = round(ground - height * mark / peak) + 0.5
        parts += [_RULE.format(level), _WORDS.format(0, 0, level - 4, f"{mark:,}")]
    for position, words in ticks:
        place = _number(100 * position / len(values))
        parts += [_TICK.format(place, ground, ground + 6), _WORDS.format(place, 4, ground + 16, words)]
    return _FRAME.format(label, ground + _FOOT, Markup("").join(parts))


def round_below(value: int) -> int:
    """The highest of 1, 2, 5, 10, 20, 50, … that is not above `value`, which is 1 at least."""
    power = int("1" + "0" * (len(str(value)) - 1))
    return next(step * power for step in (5, 2, 1) if step * power <= value)


def _drawn(values: Sequence[float], peak: float, top: int, height: int) -> Markup:
    path = "".join(_path(values, peak, height))
    return _BARS.format(top, height, max(1, len(values) * _STEP), height, path)


def _path(values: Sequence[float], peak: float, height: int) -> Iterator[str]:
    for position, value in enumerate(values):
        if value > 0:
            tall = _number(height * min(1.0, value / peak))
            yield f"M{position * _STEP} {height}v-{tall}h{_BAR}v{tall}z"


def _number(value: float) -> str:
    """Two digits after the point at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
