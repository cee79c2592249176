"""The generated pages: nothing declared is left out, and a stale page is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import docs
from app.cli.verbs import VERBS
from app.decisions.registry import DECISIONS
from app.domain.kinds import KINDS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    return tmp_path


def test_everything_declared_is_in_the_pages(folder: Path) -> None:
    assert docs.main([]) == 0
    commands, keys = ((folder / name).read_text("utf-8") for name in ("COMMANDS.md", "KEYS.md"))
    for heading in (*(verb.name for verb in VERBS), *KINDS, "conflicts", "changes"):
        assert f"\n### {heading}\n" in commands
    for name, decision in DECISIONS.items():
        assert f"\n#### {name}\n" in commands
        assert all(f"| `{field.name}`" in commands for field in decision.fields)
    assert "| `a` | Approve |" in keys
    assert "`absence.approve` |" in keys


def test_a_stale_page_is_told_and_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--check"]) == 1
    assert "stale: COMMANDS.md, KEYS.md" in capsys.readouterr().err
    assert not list(folder.iterdir())
    docs.main([])
    (folder / "KEYS.md").write_text("old", "utf-8")
    assert docs.main(["--check"]) == 1
    assert "stale: KEYS.md" in capsys.readouterr().err
    assert docs.main([]) == docs.main(["--check"]) == 0
