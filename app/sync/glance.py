"""A glance at the team file, without the database: cheap enough for every few seconds of a day at rest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.sync.files import Files, Stat
from app.sync.layout import TeamPaths
from app.sync.listing import listed

Glance = Mapping[str, Stat | None]
"""Path of a file below the folder → its size and time; None for what nobody writes to any more."""


def glance(team: Path, files: Files | None = None) -> Glance | None:
    """What lies in a team file's folder now; None where not all of it can be seen.

    Two that are equal say that nothing came. That they differ says only that an exchange is due.
    """
    files, paths = files or Files(), TeamPaths(team)
    try:
        there = listed(files, paths)
        polled = there.shape().polled
        seen: dict[str, Stat | None] = {
            path: files.stat(there.file(path)) if path in polled else None for path in there.places
        }
        seen[paths.anchor.name] = files.stat(paths.anchor)
    except OSError:
        return None
    return seen if there.whole else None
