"""All that was measured → the JSON object that docs/bench.md explains."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.bench.processes import Run, typical
from generator.model import Json

_RATIOS = {
    "day_vs_mkdocs_search": ("mkdocs_search", "day"),
    "note_vs_mkdocs_search": ("mkdocs_search", "note"),
    "day_vs_hugo": ("hugo", "day"),
    "jobs": ("clean_jobs1", "clean"),
    "growth": ("day", "day_tenth"),
}
"""The seconds of the one over those of the other."""


@dataclass(frozen=True, slots=True)
class Step:
    """Builds after one kind of change, and builds from nothing of what they led to: with all jobs, and with one."""

    runs: Sequence[Run]
    clean: Run
    clean_jobs1: Run
    is_identical: bool
    is_identical_jobs1: bool


@dataclass(frozen=True, slots=True)
class Peers:
    """The same pages by other programs, and whether plain MkDocs made the same bytes of them."""

    mkdocs: Run
    mkdocs_search: Run
    hugo: Run | None
    is_identical: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """`day_tenth` is one new day on a tenth of the days; `floor` is in seconds, `sizes` are the files' in bytes."""

    day_tenth: Run
    nothing: Step
    day: Step
    note: Step
    floor: float
    sizes: Sequence[int]
    peers: Peers

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every kind of change."""
        return self.nothing, self.day, self.note


def figures(measured: Measured) -> dict[str, Json]:
    """Seconds to the hundredth, the floor to the tenth of a millisecond, ratios to three digits."""
    runs = _runs(measured)
    return {
        **{f"{name}_s": round(run.seconds, 2) if run else None for name, run in runs.items()},
        "floor_s": round(measured.floor, 4),
        "ratios": {name: _ratio(runs[more], runs[less]) for name, (more, less) in _RATIOS.items()},
        "cpu_s": {name: round(run.cpu, 2) if run else None for name, run in runs.items()},
        "peak_mb": {name: round(run.peak_mb, 1) if run else None for name, run in runs.items()},
        "site_mb": round(sum(measured.sizes) / 1e6, 1),
        "files": len(measured.sizes),
        "identical": {
            "day": measured.day.is_identical,
            "note": measured.note.is_identical,
            "nothing": measured.nothing.is_identical,
            "jobs1": all(step.is_identical_jobs1 for step in measured.steps),
            "mkdocs": measured.peers.is_identical,
        },
    }


def _runs(measured: Measured) -> dict[str, Run | None]:
    return {
        "clean": typical([step.clean for step in measured.steps]),
        "clean_jobs1": typical([step.clean_jobs1 for step in measured.steps]),
        "day": typical(measured.day.runs),
        "day_tenth": measured.day_tenth,
        "note": typical(measured.note.runs),
        "nothing": typical(measured.nothing.runs),
        "mkdocs": measured.peers.mkdocs,
        "mkdocs_search": measured.peers.mkdocs_search,
        "hugo": measured.peers.hugo,
    }


def _ratio(more: Run | None, less: Run | None) -> float | None:
    return float(f"{more.seconds / less.seconds:.3g}") if more and less else None
