"""Verbs that decide: ``do``, ``undo``, ``redo``. Committed on this disk first, then a try to share it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.cli.answering import Silent, ask
from app.cli.call import Call, pairs
from app.cli.failures import line_of
from app.cli.options import DONE, Parser, UsageError
from app.cli.output import note, say, say_json
from app.cli.shapes import Zones, shape
from app.domain.plain import one_line
from app.text import _

if TYPE_CHECKING:
    from app.desk import Desk, Outcome, SyncReport, View

LEFT_ALONE = _("--offline: the team file is left alone")
_MAX_FILE = 1024 * 1024
PATIENCE_SECONDS = 3.0
"""How long a decision, which is committed by then, waits for a team file that says nothing."""


def do_arguments(parser: Parser) -> None:
    """What ``do`` takes."""
    parser.add_argument(
        "decision",
        metavar="DECISION",
        help=_("such as complaint.accept; tavle do DECISION --help names its fields"),
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="[ID] FIELD=VALUE",
        help=_("the record's id, and what to decide; FIELD=@FILE reads a file, @@ begins a literal @"),
    )


def known(words: Sequence[str]) -> str:
    """Help: the fields of a decision that is named, else all decisions."""
    from app.decisions.registry import DECISIONS

    named = DECISIONS.get(words[0]) if words else None
    if named is None:
        width = max(map(len, DECISIONS))
        return "\n".join(
            (_("decisions:"), *(f"  {name:{width}}  {one.title}" for name, one in sorted(DECISIONS.items())))
        )
    rows = [(f"{one.name}{one.mark}", one.help) for one in named.fields]
    width = max((len(name) for name, _help in rows), default=0)
    head = f"{named.name}: {named.summary}"
    marks = _("* must be given")
    if any(one.empties for one in named.fields):
        marks += _(" · - can be emptied: FIELD=-")
    return "\n".join((head, *(f"  {name:{width}}  {said}" for name, said in rows), marks))


def do(call: Call) -> int:
    """Takes a decision."""
    ids = [word for word in call.given.words if "=" not in word]
    if len(ids) > 1:
        raise UsageError(_("%(word)s is not FIELD=VALUE") % {"word": ids[1]})
    given = pairs([word for word in call.given.words if "=" in word])
    fields = {name: _value(name, text) for name, text in given.items()}
    with call.desk() as desk:
        return finish(call, desk, desk.take(call.given.decision, ids[0] if ids else None, fields))


def undo_arguments(parser: Parser) -> None:
    """What ``undo`` takes."""
    redo_arguments(parser)
    parser.add_argument("--reason", metavar="TEXT", help=_("why a signature is taken back"))


def undo(call: Call) -> int:
    """Undoes the last decision of this installation, or the one named."""
    with call.desk() as desk:
        return finish(call, desk, desk.undo(call.given.change, call.given.reason), _("Undone:"))


def redo_arguments(parser: Parser) -> None:
    """What ``redo`` takes."""
    parser.add_argument("change", nargs="?", metavar="CHANGE", help=_("a change as the history names it"))


def redo(call: Call) -> int:
    """Takes an undo back."""
    with call.desk() as desk:
        return finish(call, desk, desk.redo(call.given.change), _("Redone:"))


def _value(name: str, text: str) -> str:
    if text.startswith("@@"):
        return text[1:]
    if not text.startswith("@"):
        return text
    path = Path(text[1:]).expanduser()
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE + 1)
        if len(data) > _MAX_FILE:
            raise UsageError(_("%(field)s: %(path)s is too large") % {"field": name, "path": path})
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            _("%(field)s: %(path)s is not UTF-8 text") % {"field": name, "path": path}
        ) from error
    except OSError as error:
        what = {"field": name, "path": path, "why": error.strerror}
        raise UsageError(_("%(field)s: %(path)s cannot be read: %(why)s") % what) from error


def finish(call: Call, desk: Desk, outcome: Outcome, word: str | None = None) -> int:
    """Shares what was decided if it can, and says what the record is now. It is committed whatever happens here."""
    shared = share(call, desk, outcome)
    if call.json:
        found = desk.ask(_afterwards, desk, outcome)
        say_json({"change": outcome.change, "id": outcome.id, **shared._asdict(), **found})
    else:
        say(desk.ask(_in_words, outcome, word))
    return DONE


def _in_words(view: View, outcome: Outcome, word: str | None) -> str:
    from app.decisions.registry import DECISIONS
    from app.queries.subjects import subject

    about = one_line(subject(view, outcome.kind, outcome.id))
    what = {
        "done": outcome.after(word) if word else DECISIONS[outcome.decision].done,
        "about": about or outcome.id[:8],
        "change": outcome.change,
    }
    return _("%(done)s %(about)s\nchange %(change)s") % what


def _afterwards(view: View, desk: Desk, outcome: Outcome) -> dict[str, object]:
    from app.queries.records import record

    found = record(view, outcome.kind, outcome.id)
    return shape(found, Zones(view, desk.member.zone).of(found)) if found else {}


class Shared(NamedTuple):
    """Whether the team file was out of reach, and why a decision is not in it; None where it is."""

    offline: bool
    problem: str | None = None


def share(call: Call, desk: Desk, outcome: Outcome) -> Shared:
    """Says what should be thought of, then tries to bring a decision to the team file."""
    for warning in outcome.warnings:
        note(warning)
    if call.offline:
        return Shared(True, LEFT_ALONE)
    try:
        report = _sync_while_it_answers(desk)
        shared = Shared(report.offline, report.problem or None)
    except Exception as error:  # noqa: BLE001 - it is committed: whatever keeps it from being shared, it is done
        shared = Shared(True, line_of(error))
    if shared.problem:
        note(_("decided here, not shared yet: %(why)s") % {"why": shared.problem})
    return shared


def _sync_while_it_answers(desk: Desk) -> SyncReport:
    """Syncs; a team file that says nothing for a while, as on a share that hangs, is out of reach."""
    from app.sync.report import SyncReport, quiet

    try:
        return ask(lambda progress: desk.sync(progress=progress), quiet, _impatient)
    except Silent as error:
        return SyncReport(offline=True, problem=str(error))


def _impatient(seconds: float) -> None:
    if seconds >= PATIENCE_SECONDS:
        raise Silent(_("the team file does not answer"))
