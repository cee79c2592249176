"""One call of a verb: the options given, the settings of the home, the clock, and the desk when it is wanted."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.options import UsageError
from app.clock import Clock, fixed_clock, system_clock
from app.domain.instants import END_YEAR
from app.settings import Settings, default_home, load
from app.text import _

if TYPE_CHECKING:
    from app.desk import Desk

_HUB = ("postgresql:", "postgres:")


@dataclass(frozen=True, slots=True)
class Call:
    """What a verb works with. ``team``: as given, else as settings.toml says. ``acting``: only as given."""

    given: Namespace
    settings: Settings
    clock: Clock
    acting: str | None
    team: Path | None
    json: bool
    offline: bool

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The open desk of this home; see ``check_joined``."""
        self.check_joined()
        from app.desk import Desk

        desk = Desk(self.settings, clock=self.clock, acting=self.acting, team=self.team)
        try:
            yield desk
        finally:
            desk.close()

    def check_joined(self) -> None:
        """UsageError where this home belongs to no team, TeamNotThere until it has joined the one it is for."""
        if self.settings.joining is not None:
            from app.desk import TeamNotThere

            raise TeamNotThere(
                _("this home has not reached its team file %(team)s yet: tavle sync joins it")
                % {"team": self.settings.team}
            )
        if not self.settings.database.exists():
            raise UsageError(_("this home has joined no team yet: tavle init --team FILE --as NAME"))


def call_of(given: Namespace) -> Call:
    """The call that the options describe. UsageError or SettingsError where they cannot be used."""
    home = Path(given.home).expanduser().absolute() if _present(given.home, "--home") else default_home()
    clock = fixed_clock(_instant(given.now)) if _present(given.now, "--now") else system_clock
    settings = load(home)
    team = given.team if _present(given.team, "--team") else settings.team
    acting = given.acting.strip() if _present(given.acting, "--as") else None
    return Call(given, settings, clock, acting, _path(team) if team else None, given.json, given.offline)


def _present(value: str | None, option: str) -> bool:
    if value is not None and not value.strip():
        raise UsageError(_("%(option)s is empty") % {"option": option})
    return value is not None


def _path(team: str) -> Path:
    """Where a team file lies. UsageError for a hub that is not there yet."""
    if team.strip().lower().startswith(_HUB):
        raise UsageError(_("a team in PostgreSQL is not there yet: give a file"))
    return Path(team).expanduser().absolute()


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UsageError(
            _("--now is no time with an offset: %(text)s; write 2026-11-23T06:40+01:00") % {"text": text}
        )
    if not 1970 < found.year < END_YEAR:
        raise UsageError(
            _("--now goes from 1971 to %(last)d: %(text)s") % {"last": END_YEAR - 1, "text": text}
        )
    return found


def pairs(words: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE words as a table. UsageError for a word without ``=`` and for a field given twice."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageError(_("%(word)s is not FIELD=VALUE") % {"word": word})
        if name in found:
            raise UsageError(_("%(field)s is given twice") % {"field": name})
        found[name] = value
    return found
