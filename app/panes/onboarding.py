"""Onboarding's lines: the modules, a module's register, a question with what is right and why, a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.desk import View
from app.domain.quiz import QuestionMark, Verdict
from app.domain.records import Question
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.common import Block, Line, date_words, facts, snippet
from app.queries.onboarding import ModuleLine, RegisterLine, Result, questions
from app.text import _, ngettext

MODULES = (
    Column("title", _("Module"), least=20),
    Column("questions", _("Questions"), width=9, align="right", drop=1),
    Column("valid", _("Valid"), width=6, align="right"),
    Column("repeat", _("Repeat"), width=7, align="right"),
)
REGISTER = (
    Column("name", _("Participant"), least=14),
    Column("firm", _("Firm"), width=14, drop=4),
    Column("attendance", _("How"), width=12, drop=3),
    Column("at", _("When"), width=11, drop=2),
    Column("score", _("Quiz"), width=7, align="right", drop=1),
    Column("valid", _("State"), width=11),
)
CHOSEN = ("single", "multiple", "true_false")
"""Kinds of question that are answered by numbers."""


def attendance_words() -> dict[str, str]:
    """Kind of attendance → its name (FI-25)."""
    return {
        "in_person": _("in person"),
        "self_study": _("self-study"),
        "train_the_trainer": _("as trainer"),
    }


def module_row(line: ModuleLine) -> TableRow:
    """A module with how many hold it and how many must repeat."""
    state: State = "amber" if line.repeat else "green" if line.valid else ""
    repeat = Cell(str(line.repeat or ""), "amber")
    asked = Cell(str(line.questions), "muted")
    return TableRow(line.id, (Cell(line.title, "strong"), asked, str(line.valid), repeat), state)


def register_row(view: View, line: RegisterLine) -> TableRow:
    """A participant: how and when, the last quiz, and whether what they hold is still valid."""
    valid = Cell(_("valid"), "green") if line.valid else Cell(_("must repeat"), "amber")
    failed = line.passed is False
    score = "" if line.score is None else f"{'× ' if failed else ''}{line.score} %"
    cells = (
        line.name,
        Cell(line.firm, "muted"),
        Cell(attendance_words().get(line.attendance, line.attendance), "muted"),
        date_words(view, line.at.astimezone(view.zone).date()) if line.at else "",
        Cell(score, "red" if failed else ""),
        valid,
    )
    return TableRow(line.id, cells, "green" if line.valid else "amber")


def module_blocks(view: View, line: ModuleLine) -> list[Block]:
    """A module at a glance: who holds it, what it is about, its questions."""
    told = ((_("pass mark"), f"{line.pass_mark} %"), (_("valid"), str(line.valid)))
    blocks: list[Block] = [("", (Cell(line.title, "strong"),)), ("", facts(told))]
    if line.repeat:
        said = ngettext(
            "%(n)d must repeat: the content has changed",
            "%(n)d must repeat: the content has changed",
            line.repeat,
        )
        blocks.append(("", ((Cell("▲ ", "amber"), Cell(said % {"n": line.repeat}, "amber")),)))
    if line.themes:
        blocks.append((_("Themes"), tuple((Cell("· ", "faint"), Cell(theme)) for theme in line.themes)))
    asked = enumerate(questions(view, line.id), start=1)
    listed = tuple((Cell(f"{number:>2}  ", "muted"), Cell(one.text)) for number, one in asked)
    return [*blocks, (_("Questions"), listed)] if listed else blocks


def option_lines(
    question: Question, chosen: Sequence[object], *, shown: bool, apart: bool
) -> tuple[Line, ...]:
    """The options with what was chosen; once shown, which are right and what is said to each.

    ``apart``: with a blank line between them.
    """
    lines: list[Line] = []
    for number, option in enumerate(question.options, start=1):
        taken, right = number in chosen, bool(option.get("right"))
        if lines and apart:
            lines.append("")
        lines.append(_option(number, str(option.get("text", "")), taken=taken, right=right, shown=shown))
        if shown and (taken or right) and option.get("feedback"):
            lines.append((Cell("        "), Cell(str(option["feedback"]), "muted")))
    return tuple(lines)


def _option(number: int, text: str, *, taken: bool, right: bool, shown: bool) -> Runs:
    sign, ink = (" ", "")
    if shown and right:
        sign, ink = "✓", "green"
    elif shown and taken:
        sign, ink = "×", "red"
    mark = Cell(f" {'▸' if taken else ' '} {sign} {number}  ", ink or "key")
    return (mark, Cell(text, ink or ("strong" if taken else "")))


def answer_lines(question: Question) -> tuple[Line, ...]:
    """What is right of a question without options, and why."""
    accepted = (question.answer or {}).get("accepted", [])
    return tuple((Cell("✓ ", "green"), Cell(str(one))) for one in accepted)


def why_lines(question: Question) -> tuple[Line, ...]:
    """What is said to a question once its answer is shown."""
    return (question.feedback,) if question.feedback else ()


def answer_words(question: Question, answer: Any) -> str:
    """An answer as people say it: the options chosen, or what was typed."""
    if question.kind not in CHOSEN:
        return str(answer) if answer not in (None, "") else _("no answer")
    chosen = answer if isinstance(answer, list | tuple) else (answer,)
    texts = [
        str(one.get("text", "")) for number, one in enumerate(question.options, start=1) if number in chosen
    ]
    return "; ".join(texts) or _("no answer")


def verdict_line(result: Result) -> Runs:
    """The score, and whether it is enough, in words and with a sign."""
    mark = {"mark": result.module.pass_mark}
    score = f"{result.attempt.score or 0} %"
    if result.attempt.passed is None:
        return (Cell("▲ ", "amber"), Cell(score, "strong"), Cell(_("  a case waits for your grade"), "amber"))
    if result.attempt.passed:
        return (
            Cell("✓ ", "green"),
            Cell(score, "strong"),
            Cell(_("  passed (%(mark)d %% needed)") % mark, "green"),
        )
    return (
        Cell("● ", "red"),
        Cell(score, "strong"),
        Cell(_("  not passed (%(mark)d %% needed)") % mark, "red"),
    )


def result_blocks(view: View, result: Result) -> list[Block]:
    """How an attempt went: the score, each question, and the themes that were missed."""
    when = result.attempt.at.astimezone(view.zone)
    head: tuple[Line, ...] = (
        verdict_line(result),
        Cell(f"{date_words(view, when.date())} {when:%H:%M}", "muted"),
    )
    blocks: list[Block] = [("", head)]
    if not result.current:
        return [*blocks, ("", (Cell(_("The module has changed since: it has to be taken again."), "amber"),))]
    answers: Mapping[str, Any] = result.attempt.answers or {}
    lines = [line for pair in result.marks for line in _marked(*pair, answers.get(pair[0].id))]
    blocks.append((_("Questions"), tuple(lines)))
    if result.missed:
        blocks.append((_("Missed"), tuple((Cell("· ", "faint"), Cell(theme)) for theme in result.missed)))
    return blocks


def _marked(question: Question, mark: QuestionMark, answer: Any) -> tuple[Line, ...]:
    sign = {
        Verdict.RIGHT: Cell("✓ ", "green"),
        Verdict.WRONG: Cell("× ", "red"),
        Verdict.UNGRADED: Cell("▲ ", "amber"),
    }[mark.verdict]
    asked: Line = (sign, Cell(snippet(question.text, 300)))
    if mark.verdict is Verdict.RIGHT:
        return (asked,)
    return asked, (Cell("  "), Cell(snippet(answer_words(question, answer), 120), "muted"))
