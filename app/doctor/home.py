"""The settings of a home, where it lies, and who may read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from app.doctor.findings import REPAIR, WARNING, Finding
from app.settings import Settings
from app.text import _

_SYNCED = ("onedrive", "dropbox", "nextcloud", "owncloud", "syncthing", "google drive", "icloud")
"""What folders are called that a drive carries elsewhere."""


def look_at_settings(settings: Settings, team: Path | None) -> Iterator[Finding]:
    """Whether the home knows its team, and lies where no drive carries its database away."""
    if settings.joining is not None:
        yield Finding(_("this home waits to join its team"), WARNING, "tavle sync")
    elif team is None:
        yield Finding(_("no team file is set"), WARNING, "tavle init --team FILE --as NAME")
    else:
        yield Finding(_("the settings can be read"))
    if any(part.lower().startswith(_SYNCED) for part in settings.home.parts):
        what = _("this home lies in a folder that a drive seems to carry elsewhere: %(path)s")
        mend = _("close Tavle, move the folder to a place of this computer's own, and give it with --home")
        yield Finding(what % {"path": settings.home}, WARNING, mend)


def private_paths(settings: Settings) -> Iterator[tuple[Path, int]]:
    """What its owner alone may read, with the mode that it should have."""
    database = settings.database
    beside = (database.with_name(database.name + end) for end in ("", "-wal", "-shm"))
    yield settings.home, 0o700
    for path in (*beside, *sorted(settings.home.glob("tavle-*-[0-9]*")), settings.home / "settings.toml"):
        if path.exists():
            yield path, 0o600


def look_at_permissions(settings: Settings) -> Iterator[Finding]:
    """Whether others can read what is private."""
    if os.name != "posix" or not settings.home.is_dir():
        return
    for path, mode in private_paths(settings):
        if stat.S_IMODE(path.stat().st_mode) & ~mode & 0o077:
            yield Finding(_("others can read %(path)s") % {"path": path}, WARNING, REPAIR)
