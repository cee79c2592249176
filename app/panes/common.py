"""Times, names and runs as every pane writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.desk import View
from app.domain.instants import day_bounds
from app.domain.plain import one_line
from app.frame.format import countdown, countdown_ink
from app.frame.rows import Cell, Runs
from app.text import _

Line = str | Cell | Runs
Block = tuple[str, tuple[Line, ...]]
"""A heading (or none) and the lines under it."""


def clock_time(view: View, moment: datetime) -> str:
    """Hours and minutes in the area's zone."""
    return f"{moment.astimezone(view.zone):%H:%M}"


def moment_words(view: View, moment: datetime) -> str:
    """A time as short as it can be understood: ``07:10`` today, ``Tue 07:10`` this week, else ``24 Nov``."""
    today, tomorrow = day_bounds(view.now, view.zone)
    local = moment.astimezone(view.zone)
    if today <= moment < tomorrow:
        return f"{local:%H:%M}"
    if abs(moment - view.now) < timedelta(days=6):
        return f"{local:%a %H:%M}"
    return day_words(local.date())


def day_words(day: date) -> str:
    """A date in a few letters: ``24 Nov``."""
    return f"{day.day} {day:%b}"


def span_words(view: View, start: datetime, end: datetime) -> str:
    """From when to when: ``Mon 07:10–11:10``, or with both days where they differ."""
    first, last = start.astimezone(view.zone), end.astimezone(view.zone)
    if first.date() == last.date():
        return f"{first:%a %H:%M}–{last:%H:%M}"
    return f"{first:%a} {day_words(first.date())} {first:%H:%M} – {last:%a} {day_words(last.date())} {last:%H:%M}"


def time_left(view: View, due: datetime | None) -> Cell:
    """The time that is left, in the ink of its urgency."""
    if due is None:
        return Cell("")
    left = due - view.now
    return Cell(countdown(left), countdown_ink(left))


def snippet(text: str, length: int = 160) -> str:
    """The beginning of a text on one line."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1] + "…"


def labelled(label: str, text: str) -> Runs:
    """A quiet label and what it says."""
    return (Cell(f"{label} ", "muted"), Cell(text))


def status_words(status: str) -> str:
    """A status as people say it."""
    words = {
        "waiting": _("waiting"),
        "acknowledged": _("acknowledged"),
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "extra_work": _("extra work"),
        "solved": _("solved"),
        "closed": _("closed"),
        "reported": _("reported"),
        "approved": _("approved"),
        "withdrawn": _("withdrawn"),
        "ended": _("back at work"),
    }
    return words.get(status, status.replace("_", " "))
