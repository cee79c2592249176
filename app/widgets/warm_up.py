"""Once the board is up and at rest, what the other screens will ask is asked ahead, in a thread and only once."""

from __future__ import annotations

import gc
from functools import partial

from textual.app import App
from textual.worker import get_current_worker

from app.desk import Desk
from app.panes.first_looks import FIRST_LOOKS

_AT_REST_SECONDS = 1.5
"""After the board has mounted: by then it is painted, its first frame for the next start kept, an exchange begun."""


def warm_up_soon(app: App[None], desk: Desk) -> None:
    """Has the board warm up when it has come to rest; not one that nobody sits at, which tests drive."""
    if not app.is_headless:
        app.set_timer(_AT_REST_SECONDS, partial(warm_up, app, desk))


def warm_up(app: App[None], desk: Desk) -> None:
    """Asks ahead. What goes wrong here goes wrong again, and is said, where the screen itself asks."""
    app.run_worker(partial(_look, desk), group="warm up", thread=True, exit_on_error=False)


def _look(desk: Desk) -> None:
    worker = get_current_worker()
    for look in FIRST_LOOKS:
        if not worker.is_cancelled:
            desk.ask(look)
    gc.freeze()  # what was made stays: to look through it for garbage takes 40 ms, and would come between two keys
