"""The course of a count as a small line; the numbers stand in the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from households.quality.selectors import Point

WIDTH, HEIGHT, EDGE = 240, 56, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an SVG of WIDTH × HEIGHT: its points, and where it ends."""

    points: str
    end_x: float
    end_y: float
    width: int = WIDTH
    height: int = HEIGHT


def drawn(points: Sequence[Point]) -> Line | None:
    """Return the line through `points`, from zero up; None where there are fewer than two."""
    if len(points) < 2:
        return None
    most = max(point.waiting for point in points) or 1
    step = (WIDTH - 2 * EDGE) / (len(points) - 1)
    places = [
        (round(EDGE + number * step, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * point.waiting / most, 1))
        for number, point in enumerate(points)
    ]
    return Line(" ".join(f"{x},{y}" for x, y in places), *places[-1])
