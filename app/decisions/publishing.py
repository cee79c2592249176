"""Decisions on content: promises (FI-20), and modules as trainers write them (FI-46, FI-48)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.decisions.masters import NOTHING, OFFICE, checked
from app.decisions.registry import Emptying, Set, decision, given, optional, required
from app.domain.content import CLOCKS, DIRECTIONS, Module, PromiseSpec
from app.domain.content_rules import promise_problems
from app.domain.fields import LINE, BadInput, FieldType, choice, ref
from app.domain.kinds import KINDS, attribute
from app.domain.publishing import (
    Write,
    module_id,
    promise_id,
    promise_spec,
    promise_writes,
    publish_writes,
)
from app.domain.records import Promise, Question
from app.domain.view import View
from app.domain.worktime import Limit
from app.store.content import Item, read_text
from app.text import _

MAX_FILE = 256 * 1024
UNCHANGED = _("the team has it so already: nothing to share")
_SHARED = ("trigger", "duty", "limit", "clock", "direction", "compensation")


def content_file(holds: type[Any], else_say: str) -> FieldType:
    """The text of a content file that holds such items; it is checked whole before anything is shared."""

    def read(value: Any, _around: Any) -> tuple[Item, ...]:
        if len(str(value)) > MAX_FILE:
            raise BadInput(_("the file is too long: at most 256 KiB"))
        found = read_text(str(value))
        if found.flaws:
            flaw = found.flaws[0]
            raise BadInput(_("line %(line)d: %(what)s") % {"line": flaw.line, "what": flaw.what})
        if not all(isinstance(one, holds) for one in found.items):
            raise BadInput(else_say)
        return found.items

    return FieldType("file", read, long=True)


@decision("promise.set", on=Promise, roles=OFFICE, title=_("Set a promise"), done=_("Promised"), creates=True)
class SetPromise(Emptying):
    """A promise to customers, for the whole team, an area or a customer; the nearest one counts (FI-20).

    With an id that one is changed. Else ``external``, such as P7, says which: two who set the same one for
    the same customers set one record. What an area's or a customer's own leaves out is as the team has it.
    """

    external: str | None = optional(LINE, _("Its short id, such as P7"))
    title: str | None = optional(LINE, _("What is promised, in short?"))
    trigger: str | None = optional(LINE, _("From what on?"))
    duty: str | None = optional(LINE, _("What is to be done?"))
    limit: str | None = optional(checked(Limit.parse), _("By when? 2h, 4wh, 5wd, 3d, 1mo or 3mo..6mo"))
    clock: str | None = optional(choice(*CLOCKS), _("How is it counted?"))
    direction: str | None = optional(choice(*DIRECTIONS), _("From the event on, or back from it?"))
    compensation: str | None = optional(LINE, _("What follows if it is not kept?"), empties=True)
    area: str | None = optional(ref("areas"), _("Only in which area?"))
    customer: str | None = optional(ref("customers"), _("Only for which customer?"))

    @staticmethod
    def without(_promise: Promise, _view: View) -> tuple[str, ...]:
        """Whose promise it is stays: to narrow the team's own to a customer would take it from all others."""
        return "external", "area", "customer"

    def refuse(self, promise: Promise | None, view: View) -> str | None:
        if not given(self):
            return NOTHING
        before = promise or self._known(view)
        model = before or self._general(view)
        if not (self.title or (model and model.title)):
            return _("a new promise needs its title")
        return self._flaw(model)

    def changes(self, promise: Promise | None, view: View) -> Iterator[Set]:
        before = promise or self._known(view)
        if before is not None:
            yield Set("promises", before.id, given(self))
            return
        model = self._general(view)
        known = {name: getattr(model, name) for name in ("title", *_SHARED)} if model else {}
        fields = {name: value for name, value in known.items() if value is not None} | given(self)
        id_ = promise_id(self.external, self.area, self.customer) if self.external else view.new_id()
        yield Set("promises", id_, fields, new=True)

    def _known(self, view: View) -> Promise | None:
        """The record that the short id, area and customer mean, where there is one."""
        if self.external is None:
            return None
        found = view.find(Promise, external=self.external, area=self.area, customer=self.customer)
        return found[0] if found else None

    def _general(self, view: View) -> Promise | None:
        if self.external is None:
            return None
        return next(iter(view.find(Promise, external=self.external, area=None, customer=None)), None)

    def _flaw(self, model: Promise | None) -> str | None:
        """What is wrong with the promise as it would be: above all a limit that its clock cannot count."""
        base = promise_spec(model) if model else None
        values = {name: getattr(self, name) or getattr(base, name, "") for name in ("title", *_SHARED)}
        problem = next(promise_problems([PromiseSpec(id=self.external or "P", **values)]), None)
        return problem.what if problem else None


@decision("promise.publish", on=None, roles=OFFICE, title=_("Share promises"), done=_("Shared"))
class PublishPromises:
    """The promises of a file, for the whole team; those that it does not name stay as they are."""

    content: tuple[PromiseSpec, ...] = required(
        content_file(PromiseSpec, _("there are no promises in this file")), _("The text of the file")
    )

    def refuse(self, _record: None, view: View) -> str | None:
        return None if news(promise_writes(self.content), view) else UNCHANGED

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield from news(promise_writes(self.content), view)


@decision(
    "module.publish", on=None, roles=("trainer", "manager"), title=_("Share a module"), done=_("Shared")
)
class PublishModule:
    """A module with its questions as the file has them. Who holds it repeats it only if its meaning changed.

    Questions that are gone from the file leave the module, and stay in the history.
    """

    content: tuple[Module, ...] = required(
        content_file(Module, _("there is no module in this file")), _("The text of the file")
    )

    def refuse(self, _record: None, view: View) -> str | None:
        return None if self._sets(view) else UNCHANGED

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield from self._sets(view)

    def _sets(self, view: View) -> list[Set]:
        module = self.content[0]
        writes = publish_writes(module)
        kept = {id_ for _kind, id_, _fields in writes}
        gone = (one for one in view.find(Question, module=module_id(module.id)) if one.id not in kept)
        return [*news(writes, view), *(Set("questions", one.id, {"module": None}) for one in gone)]


def news(writes: Iterable[Write], view: View) -> list[Set]:
    """What of the writes the team does not have yet."""
    found = []
    for kind, id_, fields in writes:
        record = view.get(KINDS[kind].record, id_)
        if record is None:
            found.append(
                Set(kind, id_, {name: one for name, one in fields.items() if one is not None}, new=True)
            )
            continue
        changed = {name: one for name, one in fields.items() if _plain(record, name) != one}
        if changed:
            found.append(Set(kind, id_, changed))
    return found


def _plain(record: Any, name: str) -> Any:
    value = getattr(record, attribute(name))
    return list(value) if isinstance(value, tuple) else value
