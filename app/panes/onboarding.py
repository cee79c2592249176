"""Onboarding's lines: the modules, a module's register, and a question with what is right and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.desk import View
from app.domain.records import Question
from app.frame.rows import Cell, Column, State, TableRow
from app.panes.common import Block, Line, day_words, labelled
from app.queries.onboarding import ModuleLine, RegisterLine, questions
from app.text import _, ngettext

MODULES = (
    Column("title", _("Module"), least=20),
    Column("valid", _("Valid"), width=6, align="right"),
    Column("repeat", _("Repeat"), width=7, align="right"),
)
REGISTER = (
    Column("name", _("Participant"), least=14),
    Column("firm", _("Firm"), width=16, drop=4),
    Column("attendance", _("How"), width=17, drop=3),
    Column("at", _("When"), width=7, drop=2),
    Column("score", _("Quiz"), width=6, align="right", drop=1),
    Column("valid", _("State"), width=12),
)


def module_row(line: ModuleLine) -> TableRow:
    """A module with how many hold it and how many must repeat."""
    state: State = "amber" if line.repeat else "green"
    repeat = Cell(str(line.repeat or ""), "amber")
    return TableRow(line.id, (Cell(line.title, "strong"), str(line.valid), repeat), state)


def register_row(line: RegisterLine) -> TableRow:
    """A participant: how and when, the last quiz, and whether what they hold is still valid."""
    valid = Cell(_("valid"), "green") if line.valid else Cell(_("must repeat"), "amber")
    score = "" if line.score is None else f"{line.score} %"
    passed = Cell(score, "red" if line.passed is False else "")
    cells = (
        line.name,
        Cell(line.firm, "muted"),
        Cell(line.attendance.replace("_", " "), "muted"),
        day_words(line.at.date()) if line.at else "",
        passed,
        valid,
    )
    return TableRow(line.id, cells, "green" if line.valid else "amber")


def module_blocks(view: View, line: ModuleLine) -> list[Block]:
    """A module at a glance: who holds it, what it is about, its questions."""
    head: list[Line] = [
        Cell(line.title, "strong"),
        labelled(_("pass mark"), f"{line.pass_mark} %"),
        labelled(_("valid"), str(line.valid)),
    ]
    if line.repeat:
        said = ngettext(
            "%(n)d must repeat: the content changed", "%(n)d must repeat: the content changed", line.repeat
        )
        head.append(Cell(f"▲ {said % {'n': line.repeat}}", "amber"))
    asked = tuple(f"{number}  {one.text}" for number, one in enumerate(questions(view, line.id), start=1))
    blocks: list[Block] = [("", tuple(head)), (_("Themes"), tuple(f"· {theme}" for theme in line.themes))]
    return [*blocks, (_("Questions"), asked)] if asked else blocks


def option_lines(question: Question, chosen: Sequence[int], *, shown: bool) -> tuple[Line, ...]:
    """The options with what was chosen; once shown, which are right and what is said to each."""
    lines: list[Line] = []
    for number, option in enumerate(question.options, start=1):
        mark = "▸" if number in chosen else " "
        ink = _option_ink(option, number in chosen, shown=shown)
        lines.append((Cell(f" {mark} {number}  ", "key"), Cell(str(option.get("text", "")), ink)))
        if shown and (number in chosen or option.get("right")) and option.get("feedback"):
            lines.append((Cell("       "), Cell(str(option["feedback"]), "muted")))
    return tuple(lines)


def _option_ink(option: Mapping[str, Any], chosen: bool, *, shown: bool) -> str:
    if shown and option.get("right"):
        return "green"
    if shown and chosen:
        return "red"
    return "strong" if chosen else ""


def answer_lines(question: Question) -> tuple[Line, ...]:
    """What is right of a question without options, and why."""
    accepted = (question.answer or {}).get("accepted", [])
    said: list[Line] = [(Cell("✓ ", "green"), Cell(str(one))) for one in accepted]
    if question.feedback:
        said.append(Cell(question.feedback, "muted"))
    return tuple(said)
