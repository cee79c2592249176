"""Where the real data lie: beside the checkout, read in place."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL = Path(__file__).parents[3] / "shared" / "real"


def real(name: str) -> Path:
    """The path of a real file; the test is skipped where the folder is not there."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"no real data beside the checkout: shared/real/{name}")
    return path
