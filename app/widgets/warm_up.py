"""Once the board is up and at rest, what the other screens will ask is asked ahead, in a thread and only once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from textual.worker import get_current_worker

from app.desk import Desk, View
from app.panes.first_looks import FIRST_LOOKS
from app.widgets.office_app import OfficeApp

_AT_REST_SECONDS = 1.5
"""So long after the start and after any key: the board is painted, and nobody is in the middle of something."""
_Looks = Sequence[Callable[[View], None]]


def warm_up_soon(app: OfficeApp, desk: Desk) -> None:
    """Has the board warm up when it has come to rest; not one that nobody sits at, which tests drive."""
    if not app.is_headless:
        warm_up(app, desk)


def warm_up(app: OfficeApp, desk: Desk, looks: _Looks = FIRST_LOOKS) -> None:
    """Asks ahead, one look after the other, each when nobody has typed for a while: they would slow the keys.

    What goes wrong here goes wrong again, and is said, where the screen itself asks.
    """
    wait = _AT_REST_SECONDS - app.untouched_seconds
    if wait > 0:
        app.set_timer(wait, partial(warm_up, app, desk, looks))
    else:
        app.run_worker(partial(_look, app, desk, looks), group="warm up", thread=True, exit_on_error=False)


def _look(app: OfficeApp, desk: Desk, looks: _Looks) -> None:
    if get_current_worker().is_cancelled:
        return
    desk.ask(looks[0])
    if looks[1:]:
        with suppress(RuntimeError):  # the board has ended
            app.call_later(warm_up, app, desk, looks[1:])
    else:
        gc.freeze()  # what was made stays: to look through it for garbage takes 40 ms, and would come between two keys
