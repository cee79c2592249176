"""Times, names and runs as every pane writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from app.desk import View
from app.domain.instants import day_bounds
from app.domain.plain import shortened
from app.domain.records import Area
from app.frame.cells import cell_len, fit
from app.frame.format import countdown, countdown_ink
from app.frame.rows import Cell, Runs, as_runs
from app.queries.words import absence_states, complaint_states
from app.text import _

Line = str | Cell | Runs
Block = tuple[str, tuple[Line, ...]]
"""A heading (or none) and the lines under it."""
_LISTED = 10
"""Cells that a date with its year takes at least."""
_NEAR, _HALF_A_YEAR = timedelta(days=6), timedelta(days=183)
"""How near a time is told by its weekday; up to when a day and a month say which year they are of."""


def own_area(view: View) -> str:
    """Whose matters the acting person's lists show."""
    area = view.get(Area, view.actor.area)
    return area.name if area is not None else _("all areas")


def clock_time(view: View, moment: datetime) -> str:
    """Hours and minutes in the area's zone."""
    return f"{moment.astimezone(view.zone):%H:%M}"


def moment_words(view: View, moment: datetime) -> str:
    """A time as short as it can be understood: ``07:10``, ``Tue 07:10`` this week, ``24 Nov``, ``14 Apr 2024``."""
    today, tomorrow = day_bounds(view.now, view.zone)
    local = moment.astimezone(view.zone)
    if today <= moment < tomorrow:
        return f"{local:%H:%M}"
    if abs(moment - view.now) < _NEAR:
        return f"{local:%a %H:%M}"
    return date_words(view, local.date())


def list_words(view: View, moment: datetime) -> str:
    """As ``moment_words``, in nine cells: of a year that is far the month alone, ``Apr 2024``."""
    said = moment_words(view, moment)
    return said if len(said) < _LISTED else list_date(view, moment.astimezone(view.zone).date())


def day_words(day: date) -> str:
    """A date in a few letters: ``24 Nov``."""
    return f"{day.day} {day:%b}"


def date_words(view: View, day: date) -> str:
    """A date, with its year where that is another one: ``24 Nov``, ``17 Jan 2025``."""
    year = view.now.astimezone(view.zone).year
    return day_words(day) if day.year == year else f"{day_words(day)} {day.year}"


def list_date(view: View, day: date) -> str:
    """A date in eight cells: ``24 Nov``, and ``Apr 2024`` where it is of another year and far."""
    today = view.now.astimezone(view.zone).date()
    if day.year == today.year or abs(day - today) < _HALF_A_YEAR:
        return day_words(day)
    return f"{day:%b} {day.year}"


def span_words(view: View, start: datetime, end: datetime) -> str:
    """From when to when: ``Mon 07:10–11:10``, ``9 Dec 07:10–11:10``, or with both days where they differ."""
    first, last = start.astimezone(view.zone), end.astimezone(view.zone)
    if first.date() == last.date():
        near = abs(start - view.now) < _NEAR
        return f"{f'{first:%a}' if near else date_words(view, first.date())} {first:%H:%M}–{last:%H:%M}"
    return f"{first:%a} {day_words(first.date())} {first:%H:%M} – {last:%a} {day_words(last.date())} {last:%H:%M}"


def period_words(view: View, start: datetime, end: datetime | None) -> str:
    """From when to when, in as few letters as will do: ``06:38 –``, ``24–30 Nov``, ``06:38–24:00``."""
    if end is None:
        return f"{moment_words(view, start)} –"
    first, last = start.astimezone(view.zone), end.astimezone(view.zone)
    midnight = last.time() == time()
    until = last.date() - timedelta(days=midnight)
    near = any(abs(one - view.now) < _NEAR for one in (start, end))
    this_year = first.year == view.now.astimezone(view.zone).year
    if first.time() == time() == last.time() or not (near or (first.date() == until and this_year)):
        return days_words(view, first.date(), until)
    if first.date() == until:
        clock = f"{first:%H:%M}–{'24:00' if midnight else f'{last:%H:%M}'}"
        day = moment_words(view, start).removesuffix(f"{first:%H:%M}").strip()
        return f"{day} {clock}".lstrip()
    return f"{moment_words(view, start)} – {date_words(view, until) if midnight else moment_words(view, end)}"


def days_words(view: View, first: date, last: date) -> str:
    """Whole days, the last one included: ``24 Nov``, ``24–30 Nov``, ``30 Nov – 4 Dec``, ``28 Oct–6 Nov 2025``.

    A turn of the year between this one and the next needs no year.
    """
    now = view.now.astimezone(view.zone).year
    if first >= last:
        return date_words(view, first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_words(view, last)}"
    if first.year == last.year != now:
        return f"{day_words(first)}–{date_words(view, last)}"
    if now in (first.year, last.year) and last - first < _HALF_A_YEAR:
        return f"{day_words(first)} – {day_words(last)}"
    return f"{date_words(view, first)} – {date_words(view, last)}"


def time_left(view: View, due: datetime | None) -> Cell:
    """The time that is left, in the ink of its urgency."""
    if due is None:
        return Cell("")
    left = due - view.now
    return Cell(countdown(left), countdown_ink(left))


def snippet(text: str, length: int = 160) -> str:
    """The beginning of a text on one line."""
    return shortened(text, length)


def labelled(label: str, text: str) -> Runs:
    """A quiet label and what it says."""
    return (Cell(f"{label} ", "muted"), Cell(text))


Fact = tuple[str | Cell, str | Runs]
"""A label, quiet unless it has an ink of its own, and what it says."""


def facts(pairs: Iterable[Fact]) -> tuple[Line, ...]:
    """Labels and what they say, in two columns; what is empty is left out."""
    told = [(as_runs(label, "muted")[0], as_runs(said)) for label, said in pairs if said]
    width = max((cell_len(label.text) for label, _said in told), default=0)
    return tuple((Cell(fit(label.text, width) + "  ", label.ink), *said) for label, said in told)


def status_words(status: str) -> str:
    """A status as people say it."""
    return {**complaint_states(), **absence_states()}.get(status, status.replace("_", " "))
