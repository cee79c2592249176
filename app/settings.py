"""A person's settings: ``settings.toml`` in their home folder, which is never a synced one.

``team`` is the shared team file, ``person`` who acts. ``[join]`` is there between an ``init`` that did not
reach the team file and the first sync that finds it.
"""

from __future__ import annotations

import os
import tomllib
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
import tomli_w

from app.text import _

FILE = "settings.toml"
DATABASE = "tavle.sqlite3"


class SettingsError(Exception):
    """settings.toml cannot be used; the text is one line for the person."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Whom to register at the first sync that finds the team file."""

    name: str
    role: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What settings.toml says; ``keymap`` is binding id → keys, ``acute_minutes`` for areas without (DK-09).

    Between two sites one goes ``travel_kmh`` as the crow flies, and is ``travel_minutes`` on the way at least.
    A complaint about an item that was complained of in the ``repeat_days`` before is a repeat.
    """

    home: Path
    team: str | None = None
    person: str | None = None
    acute_minutes: int = 60
    travel_kmh: int = 30
    travel_minutes: int = 10
    repeat_days: int = 90
    theme: str | None = None
    keymap: dict[str, str] = field(default_factory=dict)
    joining: Joining | None = None

    @property
    def database(self) -> Path:
        """Where this home's local database lies."""
        return self.home / DATABASE


def default_home() -> Path:
    """The platform's folder for a user's local data."""
    return Path(platformdirs.user_data_dir("tavle", appauthor=False, roaming=False))


def load(home: Path) -> Settings:
    """The settings of a home; all defaults where none are saved. SettingsError when they cannot be read."""
    path = home / FILE
    table = _table(path)
    try:
        return _from_table(home, table)
    except (ValueError, TypeError) as error:
        raise _damaged(path, error) from error


def _table(path: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none. Some editors put a byte order mark first."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        what = {"path": path, "why": error.strerror}
        raise SettingsError(_("%(path)s cannot be read: %(why)s") % what) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> SettingsError:
    return SettingsError(_("%(path)s is damaged: %(why)s") % {"path": path, "why": error})


def _from_table(home: Path, table: dict[str, Any]) -> Settings:
    joining = _typed(table, "join", dict, {})
    return Settings(
        home,
        team=_typed(table, "team", str, None),
        person=_typed(table, "person", str, None),
        acute_minutes=_typed(table, "acute_minutes", int, 60),
        travel_kmh=_at_least(1, table, "travel_kmh", 30),
        travel_minutes=_at_least(0, table, "travel_minutes", 10),
        repeat_days=_at_least(0, table, "repeat_days", 90),
        theme=_typed(table, "theme", str, None),
        keymap={str(key): str(value) for key, value in _typed(table, "keys", dict, {}).items()},
        joining=Joining(**{name: _typed(joining, name, str, None) for name in joining}) if joining else None,
    )


def _typed(table: dict[str, Any], name: str, type_: type, default: Any) -> Any:
    value = table.get(name, default)
    if value is not default and (not isinstance(value, type_) or isinstance(value, bool)):
        raise ValueError(_("%(name)s is not of the right kind") % {"name": name})
    return value


def _at_least(least: int, table: dict[str, Any], name: str, default: int) -> int:
    value: int = _typed(table, name, int, default)
    if value < least:
        raise ValueError(_("%(name)s must be at least %(least)d") % {"name": name, "least": least})
    return value


def save(settings: Settings) -> None:
    """Writes settings.toml atomically, readable by its owner alone. SettingsError when it cannot be.

    What stands there under names that are not ours stays.
    """
    path = settings.home / FILE
    joining = settings.joining
    said: dict[str, Any] = {
        "team": settings.team,
        "person": settings.person,
        "theme": settings.theme,
        "acute_minutes": None if settings.acute_minutes == 60 else settings.acute_minutes,
        "travel_kmh": None if settings.travel_kmh == 30 else settings.travel_kmh,
        "travel_minutes": None if settings.travel_minutes == 10 else settings.travel_minutes,
        "repeat_days": None if settings.repeat_days == 90 else settings.repeat_days,
        "keys": settings.keymap or None,
        "join": joining and {name: value for name, value in asdict(joining).items() if value},
    }
    table = {name: value for name, value in (_table(path) | said).items() if value is not None}
    try:
        _replace(path, tomli_w.dumps(table).encode())
    except OSError as error:
        what = {"path": path, "why": error.strerror}
        raise SettingsError(_("%(path)s cannot be written: %(why)s") % what) from error


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
