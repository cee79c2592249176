"""Settling what contends: one side is kept, or a third way is taken. Both sides stay in the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.decisions.registry import DECISIONS, Decision, Field, Set, decision, optional, others
from app.domain.change import Body
from app.domain.conflicts import Contest, Side
from app.domain.fields import LINE, OBJECT, BadInput, blank
from app.domain.kinds import KINDS
from app.domain.view import View
from app.text import _

SUPERVISOR = ("supervisor",)
_WAYS = {
    ("absences", "state"): {
        "approved": "absence.approve",
        "withdrawn": "absence.withdraw",
        "ended": "absence.end",
    },
    ("complaints", "outcome"): {
        "acknowledged": "complaint.reopen",
        "accepted": "complaint.accept",
        "rejected": "complaint.reject",
        "extra_work": "complaint.extra_work",
        "solved": "complaint.solve",
        "closed": "complaint.close",
    },
    ("shifts", "state"): {"cancelled": "shift.cancel"},
}
"""A third way of a decision is that decision: the status says which, its fields and its rules hold."""


@decision("conflict.settle", on=Contest, title=_("Settle"), done=_("Settled"), undoable=False)
class Settle:
    """Choose between what was decided apart from each other: keep a side, or give the fields of a third way.

    The change names every side, so it settles the matter on everyone's board. Whoever may take the decision
    may settle it so.
    """

    keep: str | None = optional(LINE, _("Which change holds? Its id, or the beginning of it"))
    fields: Mapping[str, Any] = others()

    def refuse(self, contest: Contest, view: View) -> str | None:
        other = {name: value for name, value in self.fields.items() if not blank(value)}
        if bool(self.keep) == bool(other):
            sides = ", ".join(side.change for side in contest.sides)
            raise BadInput(_("give keep (one of %(sides)s) or the fields of a third way") % {"sides": sides})
        if self.keep:
            return _not_theirs([self._kept(contest)], contest, view)
        if way := _way(contest, other):
            return self._refused_way(contest, way, other, view)
        _read(contest, other, view)
        return _not_theirs(list(contest.sides), contest, view)

    @staticmethod
    def asks(contest: Contest, _view: View) -> tuple[Field, ...]:
        """A form asks for a third way: the fields that contend."""
        specs = KINDS[contest.kind].specs
        types = {name: specs[name].type if name in specs else LINE for name in _typed(contest)}
        said = _("What shall it be? It settles the matter on everyone's board")
        return tuple(Field(name, type_, said, False) for name, type_ in types.items())

    def changes(self, contest: Contest, view: View) -> Iterator[Set]:
        other = {name: value for name, value in self.fields.items() if not blank(value)}
        if self.keep:
            yield Set(contest.kind, contest.record, self._kept(contest).set)
        elif way := _way(contest, other):
            yield from _taken(contest, way, other, view)
        else:
            fields = {**contest.winner.set, **_read(contest, other, view)}
            yield Set(contest.kind, contest.record, fields)

    def _kept(self, contest: Contest) -> Side:
        wanted = (self.keep or "").lower()
        found = [one for one in contest.sides if wanted in (one.change, one.name)]
        if not found and len(wanted) >= 4:
            found = [
                one for one in contest.sides if one.change.startswith(wanted) or one.name.startswith(wanted)
            ]
        if len(found) != 1:
            raise BadInput(
                _("keep: %(change)s is not one of the sides: %(sides)s")
                % {"change": self.keep, "sides": ", ".join(side.change for side in contest.sides)}
            )
        return found[0]

    def _refused_way(
        self, contest: Contest, way: Decision, other: Mapping[str, Any], view: View
    ) -> str | None:
        record = view.get(KINDS[contest.kind].record, contest.record)
        return way.refusal(way.read(_without_status(other), view), record, view)


def third_ways(view: View, contest: Contest) -> tuple[str, ...]:
    """The decisions by which a third way can be taken now: ``conflict.settle`` where the fields are set as they are."""
    if _is_cover(contest):
        names: tuple[str, ...] = ("shift.assign",)
    elif ways := _WAYS.get((contest.kind, contest.register)):
        names = tuple(ways.values())
    else:
        return ("conflict.settle",) if _typed(contest) else ()
    record = view.get(KINDS[contest.kind].record, contest.record)
    return tuple(name for name in names if DECISIONS[name].blocked(record, view) is None)


def _is_cover(contest: Contest) -> bool:
    return (contest.kind, contest.register) == ("shifts", "cover")


def _typed(contest: Contest) -> tuple[str, ...]:
    """The fields of the register that a person can type."""
    kind = KINDS[contest.kind]
    fields = kind.registers[contest.register].fields
    return tuple(name for name in fields if name not in kind.specs or kind.specs[name].type is not OBJECT)


def _way(contest: Contest, other: Mapping[str, Any]) -> Decision | None:
    """The decision that a third way is; None where the register's fields are set as they are."""
    if _is_cover(contest):
        return DECISIONS["shift.assign"]
    ways = _WAYS.get((contest.kind, contest.register))
    if ways is None:
        return None
    status = str(other.get("status") or "")
    if status not in ways:
        raise BadInput(_("say the status: %(ways)s") % {"ways": ", ".join(ways)})
    return DECISIONS[ways[status]]


def _taken(contest: Contest, way: Decision, other: Mapping[str, Any], view: View) -> Iterator[Set]:
    """The decision's own changes; what it leaves open in the register is emptied of what the sides had."""
    register = KINDS[contest.kind].registers[contest.register]
    record = view.get(KINDS[contest.kind].record, contest.record)
    first, *rest = way.read(_without_status(other), view).changes(record, view)
    yield Set(first.kind, first.id, {**dict.fromkeys(register.fields), **first.fields})
    yield from rest


def _without_status(other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in other.items() if name != "status"}


def _read(contest: Contest, other: Mapping[str, Any], view: View) -> Body:
    """The register's fields as given. BadInput for any other field, and for a value that it cannot have."""
    kind = KINDS[contest.kind]
    register = kind.registers[contest.register]
    values: Body = {}
    for name, value in other.items():
        if name not in register.fields:
            raise BadInput(
                _("%(field)s does not contend here; what does: %(fields)s")
                % {"field": name, "fields": ", ".join(register.fields)}
            )
        try:
            values[name] = (kind.specs[name].type if name in kind.specs else LINE).read(value, view)
        except BadInput as error:
            raise BadInput(_("%(field)s: %(why)s") % {"field": name, "why": error}) from error
    return values


def _not_theirs(sides: list[Side], contest: Contest, view: View) -> str | None:
    """Why the acting person may not settle it so: whoever may take one of these sides' decisions may.

    An export and a settling say nothing of that: then whoever may take any side's decision.
    """
    taken = _decisions(sides) or _decisions(contest.sides)
    reasons = [_wrong_role(one, contest, view) for one in taken or (None,)]
    return None if None in reasons else reasons[0]


def _decisions(sides: Iterable[Side]) -> list[Decision]:
    named = (side.decision for side in sides)
    return [DECISIONS[name] for name in named if name in DECISIONS and name != "conflict.settle"]


def _wrong_role(taken: Decision | None, contest: Contest, view: View) -> str | None:
    if taken is not None and taken.roles:
        return taken.wrong_role(view)
    if contest.decided and view.actor.role not in SUPERVISOR:
        return _("only a supervisor settles this")
    return None
