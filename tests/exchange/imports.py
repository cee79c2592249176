"""What the tests of imports share: a desk, files to import, and short ways to look at what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.desk import Desk
from app.exchange.importing import import_file
from app.exchange.report import ImportReport
from app.queries import records
from app.store.log import count


def map_file(folder: Path, text: str, name: str = "map.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def take(desk: Desk, kind: str, path: Path, map_: Path | None = None, **options: Any) -> ImportReport:
    return import_file(desk, kind, path, map_path=map_, **options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    return report.created, report.updated, report.unchanged, len(report.rejected)


def listed(desk: Desk, kind: str, **where: str) -> list[Any]:
    return desk.ask(lambda view: list(records.rows(view, kind, where)))


def changes(desk: Desk) -> int:
    return desk.ask(lambda view: count(view.conn))


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file below a folder, the databases' journals too."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
