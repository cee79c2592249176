"""The demo's times, told from its now: "today 07:10" is half an hour ahead, whatever the clock says.

The script of the morning is written for 06:40. At another now its clock times move along, so that the day is
always just beginning.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from app.domain.instants import to_text, zone_of

_WRITTEN_FOR = timedelta(hours=6, minutes=40)
_STEP = 10


class Times:
    """Days and clock times around the demo's now, in the area's zone."""

    def __init__(self, now: datetime) -> None:
        self.zone = zone_of(None, "DK")
        local = now.astimezone(self.zone)
        self.today = local.date()
        self._begins = local.replace(minute=local.minute // _STEP * _STEP, second=0, microsecond=0)

    def at(self, days: int, clock: str) -> datetime:
        """The instant of a clock time ("07:10") in the script, so many days from today."""
        begins = self._begins + timedelta(days=days)
        return begins.astimezone(UTC) + _since_midnight(clock) - _WRITTEN_FOR

    def office(self, days: int, clock: str) -> datetime:
        """The instant at which the clocks on the wall show that time."""
        wall = datetime.combine(self.day(days), time.fromisoformat(clock), tzinfo=self.zone)
        return wall.astimezone(UTC)

    def text(self, days: int, clock: str) -> str:
        """As ``at``, as it stands in a body."""
        return to_text(self.at(days, clock))

    def day(self, days: int) -> date:
        """The date so many days from today."""
        return self.today + timedelta(days=days)

    def works(self, days: int) -> bool:
        """True from Monday to Friday, and today and tomorrow in any case: the morning needs them."""
        return self.day(days).weekday() < 5 or days in (0, 1)

    def weekday_before(self, days: int) -> int:
        """The nearest offset at or before that many days from today that is no weekend."""
        while self.day(days).weekday() > 4:
            days -= 1
        return days


def _since_midnight(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
