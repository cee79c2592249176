"""How far an exchange is: a bar on standard error, for people who look at a terminal."""

from __future__ import annotations

import shutil
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from app.text import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from app.sync.report import Progress, ShowProgress

_PATIENCE = 0.5
"""Seconds before there is a bar: what takes less needs none."""
_PAUSE = 0.1
_WIDTH = 30


class Bar:
    """One line that is drawn again in its place, and is gone when all is done."""

    def __init__(self, stream: TextIO, timer: Callable[[], float] = perf_counter) -> None:
        self._stream = stream
        self._timer = timer
        self._next = timer() + _PATIENCE
        self._drawn = 0

    def __call__(self, progress: Progress) -> None:
        """Shows how far it is, a few times a second at most."""
        if progress.done >= progress.total:
            self._draw("")
        elif self._timer() >= self._next:
            self._draw(self._line(progress))
            self._next = self._timer() + _PAUSE

    def _line(self, progress: Progress) -> str:
        share = progress.done / max(progress.total, 1)
        full = "█" if (self._stream.encoding or "").lower().replace("-", "") == "utf8" else "#"
        bar = (full * int(share * _WIDTH)).ljust(_WIDTH, "·" if full == "█" else ".")
        said = _("%(share)3d %%  %(changes)d changes") % {"share": share * 100, "changes": progress.changes}
        return f"{bar} {said}"[: shutil.get_terminal_size().columns - 1]

    def _draw(self, line: str) -> None:
        if line or self._drawn:
            blanks = " " * (self._drawn - len(line))
            self._stream.write(f"\r{line}{blanks}" + ("" if line else "\r"))
            self._stream.flush()
            self._drawn = len(line)


def shown_progress(*, json: bool) -> ShowProgress:
    """A bar where a person looks at standard error; nothing elsewhere, and nothing for a program that reads JSON."""
    from app.sync.report import quiet

    return Bar(sys.stderr) if sys.stderr.isatty() and not json else quiet
