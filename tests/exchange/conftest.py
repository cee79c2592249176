from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.ids import random_id
from app.domain.instants import to_text
from app.sync.files import Files
from app.sync.layout import Anchor, TeamPaths, write_anchor
from tests.exchange.offices import Team, sync
from tests.support import NOW, HandClock, make_desk, seeded


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Mette Holm's desk in the small area."""
    opened = make_desk(tmp_path / "homes")
    yield opened
    opened.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Where the small area's team file lies."""
    folder = tmp_path / "share"
    folder.mkdir()
    anchor = Anchor(
        team=random_id(seeded("team")), name="North", country="DK", created=to_text(NOW),
        founder=random_id(seeded("founder's lane")), id_key="ab" * 32,
    )  # fmt: skip
    write_anchor(Files(), TeamPaths(folder / "north.tavle"), anchor)
    return folder


@pytest.fixture
def two(tmp_path: Path, share: Path, clock: HandClock) -> Iterator[Team]:
    """Mette's home and Ole's."""
    team = share / "north.tavle"
    mette, ole = (make_desk(tmp_path, name, clock=clock, team=team) for name in ("Mette Holm", "Ole Dam"))
    sync(mette, ole, mette, ole)
    yield mette, ole
    mette.close()
    ole.close()
