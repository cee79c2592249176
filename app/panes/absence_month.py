"""A month's absences as a plot: how many were away each day, by kind, with the weeks and the areas in figures.

Each kind has a pattern of its own, so that it reads without colour. Nobody is named (DK-13).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil

from app.desk import View
from app.frame.cells import fit
from app.frame.lines import runs_len
from app.frame.rows import Cell, Runs
from app.panes.common import Block, Line
from app.queries.absence_statistics import KINDS, Days, Month
from app.queries.words import kind_word
from app.text import _

PATTERNS = {
    "sick": ("█", "accent"),
    "child_sick": ("▓", "accent"),
    "other": ("▒", "muted"),
    "holiday": ("░", "green"),
}
"""Kind → the sign that it is drawn with, and its ink."""
_AXIS = 5
_LABEL, _FIGURE = 10, 6
_BAR = 30
_LEAST_HEIGHT, _TALLEST = 4, 3


def title(first: date) -> str:
    """Which month it is."""
    return f"{first:%B %Y}"


def lines(view: View, month: Month, width: int, height: int) -> tuple[Runs, ...]:
    """The plot above, the weeks in figures below, in so many cells."""
    weeks = _weeks(month, width)
    plot = _plot(view, month, width, max(height - len(weeks) - 5, _LEAST_HEIGHT))
    return (_legend(month), (), *plot, (), *weeks)


def _legend(month: Month) -> Runs:
    total, said = month.total, [Cell(" ")]
    for kind in KINDS:
        sign, ink = PATTERNS[kind]
        said += [
            Cell(f"{sign * 2} ", ink),
            Cell(f"{kind_word(kind)} "),
            Cell(f"{total.get(kind, 0)}   ", "strong"),
        ]
    return (*said, Cell(_("days away"), "muted"))


def _plot(view: View, month: Month, width: int, height: int) -> list[Runs]:
    each = 3 if len(month.days) * 3 + _AXIS <= width else 2
    most = max((sum(day.values()) for day in month.days), default=0)
    scale = max(ceil(most / height), 1)
    stacks = [_stack(day, scale) for day in month.days]
    rows = min(max(ceil(most / scale), 2), height)
    tall = min(max(height // rows, 1), _TALLEST)
    drawn = [
        _level(stacks, level, each, f"{level * scale}" if part == 0 and level in _labelled(rows) else "")
        for level in range(rows, 0, -1)
        for part in range(tall)
    ]
    return [*drawn, *_axis(view, month, each)]


def _labelled(rows: int) -> tuple[int, ...]:
    """The levels that say how many they are: all where they are few, else the top, the middle and the bottom."""
    return tuple(range(1, rows + 1)) if rows < 5 else (1, (rows + 1) // 2, rows)


def _stack(day: Days, scale: int) -> str:
    """The signs of a day from the bottom; several people share one where there are too many for the room."""
    signs, counted = "", 0
    for kind in KINDS:
        counted += day.get(kind, 0)
        signs += PATTERNS[kind][0] * (ceil(counted / scale) - len(signs))
    return signs


def _level(stacks: Sequence[str], level: int, each: int, label: str) -> Runs:
    said: list[Cell] = [Cell(f"{label:>{_AXIS - 2}} ", "muted"), Cell("┤" if label else "│", "line")]
    for stack in stacks:
        sign = stack[level - 1] if len(stack) >= level else " "
        ink = next((ink for mark, ink in PATTERNS.values() if mark == sign), "")
        said.append(Cell(sign * (each - 1) + " ", ink))
    return tuple(said)


def _axis(view: View, month: Month, each: int) -> list[Runs]:
    today = view.now.astimezone(view.zone).date()
    days = [month.first + timedelta(days=number) for number in range(len(month.days))]
    ground: list[Cell] = [Cell(" " * (_AXIS - 1)), Cell("└", "line")]
    named: list[Cell] = [Cell(" " * _AXIS)]
    for day in days:
        mark = day == today
        ground.append(Cell(fit("▲" if mark else "", each).replace(" ", "─"), "accent" if mark else "line"))
        if day.weekday() == 0:
            taken = runs_len(named) - _AXIS
            said = f"{day:%a} {day.day}" if each > 2 and day != days[-1] else str(day.day)
            named.append(Cell(" " * (each * (day.day - 1) - taken) + said, "muted"))
    return [tuple(ground), tuple(named)]


def _weeks(month: Month, width: int) -> list[Runs]:
    head = fit(f" {_('Week')}", _LABEL) + "".join(f"{kind_word(kind):>{_wide(kind)}}" for kind in KINDS)
    room = min(max(width - len(head) - 2, 0), _BAR)
    most = max((sum(days.values()) for _number, days in month.weeks), default=0)
    return [
        (Cell(head, "heading"),),
        *(_figures(f" {number}", days, most, room) for number, days in month.weeks),
    ]


def _wide(kind: str) -> int:
    return max(len(kind_word(kind)) + 2, _FIGURE)


def _figures(label: str, days: Days, most: int, room: int) -> Runs:
    said = [Cell(fit(label, _LABEL), "strong")]
    for kind in KINDS:
        count = days.get(kind, 0)
        said.append(Cell(f"{count or '·':>{_wide(kind)}}", "" if count else "faint"))
    return (*said, Cell("  "), *bar(days, most, room))


def bar(days: Days, most: int, room: int) -> Runs:
    """The kinds of a line beside each other, in patterns; the longest line takes the whole room."""
    found: list[Cell] = []
    counted = length = 0
    for kind in KINDS:
        counted += days.get(kind, 0)
        grown = round(counted * room / most) if most else 0
        sign, ink = PATTERNS[kind]
        found.append(Cell(sign * (grown - length), ink))
        length = grown
    return tuple(found)


def detail(month: Month, before: Month) -> list[Block]:
    """The areas in figures, and the month before: for planning, not for people."""
    most = max((sum(days.values()) for _name, _staff, days in month.areas), default=0)
    areas: list[Line] = []
    for name, staff, days in month.areas:
        said = _("%(days)d days · %(staff)d people") % {"days": sum(days.values()), "staff": staff}
        areas += [
            (Cell(fit(name or _("other areas"), 20), "strong"), Cell(said, "muted")),
            bar(days, most, _BAR),
        ]
    blocks: list[Block] = [(_("By area"), tuple(areas))]
    blocks.append((_("Against the month before"), tuple(_against(month, before))))
    blocks.append(("", (Cell(_("Figures for planning: nobody is named, nobody is ranked."), "muted"),)))
    return blocks


def _against(month: Month, before: Month) -> Iterable[Line]:
    for kind in KINDS:
        now, then = month.total.get(kind, 0), before.total.get(kind, 0)
        change = f"{now - then:+d}" if now != then else "="
        yield (
            Cell(fit(kind_word(kind), 12), "muted"),
            Cell(f"{now:>4}", "strong"),
            Cell(f"  {then:>4}  {change}", "muted"),
        )
