"""Times and progress as a person reads them at a glance: pure, and translated."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.frame.rows import Cell, Runs
from app.text import _, ngettext

_LONG = timedelta(hours=48)


def _span(length: timedelta) -> str:
    """A length of time: ``0:29`` in hours and minutes, ``1 d 2 h`` from a day on, from two days on in days."""
    if length >= _LONG:
        return ngettext("%(days)d day", "%(days)d days", length.days) % {"days": length.days}
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if hours >= 24:
        return _("%(days)d d %(hours)d h") % {"days": hours // 24, "hours": hours % 24}
    return f"{hours}:{minutes:02d}"


def countdown(left: timedelta) -> str:
    """The time that is left: ``0:29``, ``5:19``, ``3 days``; when it has run out, ``0:12 over``, ``951 d over``."""
    if left >= timedelta(0):
        return _span(left)
    over = max(-left, timedelta(minutes=1))
    span = _("%(days)d d") % {"days": over.days} if over.days else _span(over)
    return _("%(span)s over") % {"span": span}


def countdown_ink(left: timedelta, soon: timedelta = timedelta(minutes=30)) -> str:
    """Red when the time has run out or soon will, else no ink of its own."""
    return "red" if left < soon else ""


def ago(age: timedelta) -> str:
    """How long since: ``12 s ago``, ``5 min ago``, ``3 h ago``, ``2 days ago``."""
    seconds = max(int(age.total_seconds()), 0)
    if seconds < 60:
        return _("%(seconds)d s ago") % {"seconds": seconds}
    if seconds < 3600:
        return _("%(minutes)d min ago") % {"minutes": seconds // 60}
    if age < _LONG:
        return _("%(hours)d h ago") % {"hours": seconds // 3600}
    return _("%(span)s ago") % {"span": _span(age)}


def day_and_time(moment: datetime) -> str:
    """``Mon 23 Nov 06:41``, in the zone that the moment carries."""
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    months = [_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")]
    months += [_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")]
    return f"{days[moment.weekday()]} {moment.day} {months[moment.month - 1]} {moment:%H:%M}"


def phase_bar(done: int, total: int, overdue: int = 0, width: int = 6) -> Runs:
    """Progress as a bar of ``width`` cells with figures: ``■■■□□□ 3/6 ▲1``, the last the number overdue."""
    if total <= 0:
        return (Cell("·" * width, "faint"),)
    filled = width if done >= total else min(done * width // total, width - 1)
    if done > 0:
        filled = max(filled, 1)
    ink = "green" if done >= total else "accent"
    runs = (Cell("■" * filled, ink), Cell("□" * (width - filled), "faint"), Cell(f" {done}/{total}", "muted"))
    return (*runs, Cell(f" ▲{overdue}", "amber")) if overdue else runs
