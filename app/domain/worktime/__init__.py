"""A promise clock: it says when "2 hours", "5 working days" or "3 to 6 months" run out.

The package is pure and stands alone (``zoneinfo`` and gettext are all it needs): it reads no clock and knows
no country. Hand it a `Calendar` (time zone, weekly hours, public holidays, closed days), a `Limit` and an
instant::

    office = Calendar(ZoneInfo("Europe/Copenhagen"), WeekHours.parse("mon-fri 08:00-17:00"), is_holiday)
    due(Limit.parse("5wd"), received, office).due
    due(Limit.parse("2wd"), interruption, office, backward=True).due
    due(Limit.parse("2h"), received, office, pauses=[(asked, answered)]).due
    postponed(agreed, since, office, pauses=[(asked, answered)])
    worked(office, received, answered)

What it promises (FI-20):

* Elapsed limits (``30m``, ``2h``) and calendar limits (``3d``, ``2w``, ``1mo``) start at once. Working limits
  (``4wh``, ``5wd``) that start outside of hours start at the next opening; backwards, at the closing before.
* Elapsed limits and working hours are lengths of real time, right over both changes of the clock. Working
  days and calendar limits keep the time of day. A month ends on the same day of the month, or on its last.
* It is open when the wall clock, as it then stands, shows a time within the hours of a working day. Hours
  hold from the opening up to, not including, the closing; looking backwards the closing itself still counts.
* A wall time that the change of the clock skips is read with the offset before it (02:30 becomes 03:30); one
  that comes twice is its first. So RFC 5545 has it.
* Nothing else moves a limit of working days off its time of day: one day from Friday 16:30 is Saturday 16:30
  even if Saturday closes at 14:00.
* A clock stands still while it is paused. What a pause costs is counted in the clock's own time: real time
  for elapsed and calendar limits, opening hours for working ones, so a closed weekend costs nothing.
"""

from app.domain.worktime.calendars import Calendar, Span
from app.domain.worktime.closed import closed_days
from app.domain.worktime.deadline import Due, Pause, due, postponed, worked
from app.domain.worktime.hours import WeekHours
from app.domain.worktime.limit import Limit, Unit

__all__ = [
    "Calendar", "Due", "Limit", "Pause", "Span", "Unit", "WeekHours", "closed_days", "due", "postponed", "worked",
]  # fmt: skip
