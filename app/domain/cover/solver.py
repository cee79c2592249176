"""The best choice among many options, proven: a program of yes and no for HiGHS, loaded when first wanted.

HiGHS (MIT licence) comes with the extra ``cover``; it runs in this process and lets other threads go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

_HALF = 0.5
"""Prices are whole: a choice that is less than this from the best is the best."""


class SolverMissing(Exception):
    """HiGHS is not installed here."""


class Choice(NamedTuple):
    """The options chosen, by number, and whether nothing better exists."""

    chosen: tuple[int, ...]
    proven: bool


class Program:
    """Choose options so that the sum of their prices is least; of each group at most one."""

    def __init__(self, prices: Sequence[int], groups: Sequence[Sequence[int]]) -> None:
        try:
            import highspy
        except ImportError as error:
            raise SolverMissing from error
        self._highs: Any = highspy
        self._model: Any = self._highs.Highs()
        self._size = len(prices)
        for name, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", _HALF)):
            self._model.setOptionValue(name, value)
        self._model.passModel(self._program(prices, groups))

    def _program(self, prices: Sequence[int], groups: Sequence[Sequence[int]]) -> Any:
        highs, size = self._highs, len(prices)
        program = highs.HighsLp()
        program.num_col_, program.num_row_ = size, len(groups)
        program.col_cost_ = [float(one) for one in prices]
        program.col_lower_, program.col_upper_ = [0.0] * size, [1.0] * size
        program.integrality_ = [highs.HighsVarType.kInteger] * size
        program.row_lower_ = [-highs.kHighsInf] * len(groups)
        program.row_upper_ = [1.0] * len(groups)
        matrix = program.a_matrix_
        matrix.format_ = highs.MatrixFormat.kRowwise
        matrix.start_ = list(accumulate(map(len, groups), initial=0))
        matrix.index_ = list(chain.from_iterable(groups))
        matrix.value_ = [1.0] * sum(map(len, groups))
        return program

    def forbid(self, options: Sequence[int]) -> None:
        """These options shall not all be chosen together."""
        most = float(len(options) - 1)
        self._model.addRow(-self._highs.kHighsInf, most, len(options), list(options), [1.0] * len(options))

    def solve(self, seconds: float) -> Choice | None:
        """The best choice, or the best found in so many seconds more; None where none was found."""
        if not self._size:
            return Choice((), proven=True)
        self._model.setOptionValue("time_limit", self._model.getRunTime() + max(seconds, 0.01))
        self._model.run()
        if self._model.getInfo().primal_solution_status != _FEASIBLE:
            return None
        values = self._model.getSolution().col_value
        chosen = tuple(number for number, value in enumerate(values) if value > _HALF)
        return Choice(chosen, self._model.getModelStatus() == self._highs.HighsModelStatus.kOptimal)


_FEASIBLE = 2
"""What HiGHS says of a solution that keeps all rows."""
