from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from tests.support import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Mette Holm's desk in the small area."""
    opened = make_desk(tmp_path / "homes")
    yield opened
    opened.close()
