"""A team of two in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.team import Home


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share" / "north.tavle"


@pytest.fixture
def mette(tmp_path: Path, team: Path) -> Home:
    return Home(tmp_path / "mette", team, 1).found()


@pytest.fixture
def ole(tmp_path: Path, mette: Home) -> Home:
    return Home(tmp_path / "ole", mette.team, 2).join()
