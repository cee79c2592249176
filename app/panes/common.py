"""Times, names and runs as every pane writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from app.desk import View
from app.domain.instants import day_bounds
from app.domain.plain import one_line
from app.domain.records import Area
from app.frame.cells import cell_len, fit
from app.frame.format import countdown, countdown_ink
from app.frame.rows import Cell, Runs
from app.queries.words import absence_states, complaint_states
from app.text import _

Line = str | Cell | Runs
Block = tuple[str, tuple[Line, ...]]
"""A heading (or none) and the lines under it."""


def own_area(view: View) -> str:
    """Whose matters the acting person's lists show."""
    area = view.get(Area, view.actor.area)
    return area.name if area is not None else _("all areas")


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


def date_words(view: View, day: date) -> str:
    """A date, with its year where that is another one: ``24 Nov``, ``17 Jan 2025``."""
    year = view.now.astimezone(view.zone).year
    return day_words(day) if day.year == year else f"{day_words(day)} {day.year}"


def span_words(view: View, start: datetime, end: datetime) -> str:
    """From when to when: ``Mon 07:10–11:10``, or with both days where they differ."""
    first, last = start.astimezone(view.zone), end.astimezone(view.zone)
    if first.date() == last.date():
        return f"{first:%a %H:%M}–{last:%H:%M}"
    return f"{first:%a} {day_words(first.date())} {first:%H:%M} – {last:%a} {day_words(last.date())} {last:%H:%M}"


def period_words(view: View, start: datetime, end: datetime | None) -> str:
    """From when to when, in as few letters as will do: ``06:38 –``, ``24–30 Nov``, ``06:38–24:00``."""
    first = start.astimezone(view.zone)
    if end is None:
        return f"{moment_words(view, start)} –"
    last = end.astimezone(view.zone)
    if first.time() == last.time() == time():
        return days_words(first.date(), last.date() - timedelta(days=1))
    if last.time() == time():
        day = last.date() - timedelta(days=1)
        same = day == first.date()
        return (
            f"{moment_words(view, start)}–24:00"
            if same
            else f"{moment_words(view, start)} – {day_words(day)}"
        )
    if first.date() == last.date():
        return f"{moment_words(view, start)}–{last:%H:%M}"
    return f"{moment_words(view, start)} – {moment_words(view, end)}"


def days_words(first: date, last: date) -> str:
    """Whole days, the last one included: ``24 Nov``, ``24–30 Nov``, ``30 Nov – 4 Dec``."""
    if first >= last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


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


def facts(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """Labels and what they say, in two columns; what is empty is left out."""
    told = [(label, text) for label, text in pairs if text]
    width = max((cell_len(label) for label, _text in told), default=0)
    return tuple((Cell(fit(label, width) + "  ", "muted"), Cell(text)) for label, text in told)


def status_words(status: str) -> str:
    """A status as people say it."""
    return {**complaint_states(), **absence_states()}.get(status, status.replace("_", " "))
