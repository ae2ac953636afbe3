"""A figure: what was measured, beside what, and what it should be."""
import statistics
from dataclasses import dataclass
from typing import Optional


@dataclass
class Figure:
    name: str
    unit: str
    value: float
    # The same of the reference, measured in turn with it.
    reference: Optional[float] = None
    # None where a figure only explains another.
    target: Optional[float] = None
    # Whether the target is how many times the reference it may be.
    is_relative: bool = False
    # Whether more is better; the target is then the least.
    is_floor: bool = False

    @property
    def ratio(self):
        return self.value / self.reference if self.reference else None

    @property
    def is_ok(self):
        if self.target is None:
            return None
        value = self.ratio if self.is_relative else self.value
        return value >= self.target if self.is_floor else value <= self.target

    @property
    def target_text(self):
        if self.target is None:
            return ""
        sign = "≥ " if self.is_floor else ""
        if self.is_relative:
            return f"ratio {sign}{self.target:g}"
        return f"{sign}{self.target:g} {self.unit}".rstrip()


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds):
    return [value * 1000 for value in seconds]


def first_quartile(values):
    """What a time is when little else runs: other programs only add to it, and the more so the
    longer it is, which would be no property of the program."""
    return statistics.quantiles(values)[0]
