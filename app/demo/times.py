"""The demo's times, told from its now: "today 07:10" is half an hour ahead, whatever the clock says.

The script of the morning is written for 06:40. At another now its clock times move along, so that the day is
always just beginning.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from app.domain.instants import to_text, zone_of

_WRITTEN_FOR = timedelta(hours=6, minutes=40)
_STEP = timedelta(minutes=10)


class Times:
    """Days and clock times around the demo's now, in the area's zone."""

    def __init__(self, now: datetime) -> None:
        self.zone = zone_of(None, "DK")
        self.now = now.astimezone(UTC)
        local = now.astimezone(self.zone)
        self.today = local.date()
        clock = timedelta(hours=local.hour, minutes=local.minute)
        self._shift = clock // _STEP * _STEP - _WRITTEN_FOR

    def at(self, days: int, clock: str) -> datetime:
        """The instant of a clock time ("07:10") in the script, so many days from today."""
        return self._instant(days, clock, self._shift)

    def office(self, days: int, clock: str) -> datetime:
        """The instant at which the clocks on the wall show that time."""
        return self._instant(days, clock, timedelta(0))

    def _instant(self, days: int, clock: str, shift: timedelta) -> datetime:
        wall = datetime.combine(self.day(days), time.fromisoformat(clock)) + shift
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

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
