"""The assignment core on a problem whose optimum is known (OR-Library)."""

from __future__ import annotations

from app.domain.cover.solver import Program
from tests.real.where import real


def test_the_assignment_core_reaches_the_optimum_of_305() -> None:
    size, *costs = map(int, real("assignment/assign100.txt").read_text().split())
    rows = [list(range(start, start + size)) for start in range(0, size * size, size)]
    columns = [list(range(start, size * size, size)) for start in range(size)]
    stake = size * max(costs) + 1
    found = Program([one - stake for one in costs], [*rows, *columns]).solve(60)
    assert found is not None
    assert found.proven
    assert len(found.chosen) == size
    assert sum(costs[one] for one in found.chosen) == 305
