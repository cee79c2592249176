"""A conflict as people settle it: the sides next to each other, each with what its writer wanted."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.change import Body
from app.domain.fields import BOOL, LINE, LIST, OBJECT
from app.domain.kinds import Record, computed, declare
from app.domain.merge import IMPORT
from app.text import _


@dataclass(frozen=True, slots=True)
class Side:
    """One of the changes that contend. ``set`` is the whole register as its writer left it.

    ``name`` is the group where the change is part of one; ``at`` is the writer's local time with offset.
    """

    change: str
    name: str
    decision: str
    by: str
    at: str
    set: Body


@declare("conflicts", one=_("conflict"), folded=False)
@dataclass(frozen=True, slots=True, kw_only=True)
class Contest(Record):
    """Concurrent values of one register of a record; its id stays while they contend.

    ``fields`` are those in which the sides differ; ``decided`` is True where there is no automatic winner.
    ``heads`` are the contested record's own.
    """

    record: str = computed(LINE, default="")
    kind: str = computed(LINE, default="")
    register: str = computed(LINE, default="")
    fields: tuple[str, ...] = computed(LIST, default=())
    decided: bool = computed(BOOL, default=False)
    sides: tuple[Side, ...] = computed(OBJECT, default=())

    @property
    def winner(self) -> Side:
        """The side that is shown where there is an automatic winner: a person's latest, never an export's."""
        return next((one for one in reversed(self.sides) if one.decision != IMPORT), self.sides[-1])
