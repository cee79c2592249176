"""What an import loads: proved in a fresh interpreter, where import-linter sees only what is written."""

import subprocess
import sys

import pytest

SLOW = ("alembic", "holidays", "rich", "sqlalchemy", "textual")


def loaded_by(module: str) -> set[str]:
    """The slow libraries that a fresh interpreter holds after importing the module."""
    code = f"import sys, {module}; print(*({set(SLOW)} & sys.modules.keys()))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_a_loaded_library_would_be_seen() -> None:
    assert loaded_by("textual") == {"rich", "textual"}


def test_the_desk_leaves_textual_unloaded() -> None:
    assert not loaded_by("app.desk") & {"rich", "textual"}


@pytest.mark.parametrize("module", ["app.cli", "app.domain", "app.frame"])
def test_starting_loads_nothing_slow(module: str) -> None:
    assert not loaded_by(module)
