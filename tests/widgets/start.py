"""Starts the gallery as the command line starts the board: the first frame from a database, then Textual."""

from __future__ import annotations

import sys
from pathlib import Path

from app.clock import system_clock
from app.first_frame import Held


def main(database: str) -> None:
    with Held() as terminal:
        terminal.paint(Path(database), system_clock())
        from app.widgets.handover import collect_again, driver_for
        from tests.widgets.gallery import Gallery

        app = Gallery(driver=driver_for(terminal))
        app.call_after_refresh(collect_again)
        app.run()


if __name__ == "__main__":
    main(sys.argv[1])
