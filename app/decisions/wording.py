"""What the team says and understands, shared by all: reply templates, and words of customers (DK-22, DK-24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.decisions.masters import NOTHING, OFFICE
from app.decisions.publishing import UNCHANGED, content_file, news
from app.decisions.registry import Set, decision, given, optional, required
from app.domain.content import REPLY_USES, ReplyTemplate
from app.domain.content_rules import reply_problems
from app.domain.evidence import WORD, joined
from app.domain.fields import BOOL, LINE, TEXT, BadInput, FieldType, choice
from app.domain.ids import derived_id
from app.domain.kinds import KINDS, attribute
from app.domain.publishing import template_id, template_writes
from app.domain.records import Card, Synonym, Template
from app.domain.view import View
from app.store.shipped import shipped
from app.text import _

_LEAST, _MOST = 2, 2


def _read_word(value: Any, around: Any) -> str:
    text: str = LINE.read(value, around)
    if not 1 <= len(WORD.findall(text)) <= _MOST or len(joined(text)) < _LEAST:
        raise BadInput(_("write one word, or two that belong together"))
    return text


ONE_WORD = FieldType(LINE.name, _read_word)


@decision(
    "template.set", on=Template, roles=OFFICE, title=_("Word a template"), done=_("Worded"), creates=True
)
class SetTemplate:
    """Words to a customer or a substitute that all start from, in the team's own wording (DK-22).

    With an id, or the ``external`` of one that there is, that one is changed; else it is a new one. What is filled
    in stands in braces: {customer} {item} {time} {supervisor} {contact}, in offers {name} {address} {when} too.
    """

    external: str | None = optional(LINE, _("Its short id, such as da-accept"))
    use: str | None = optional(choice(*REPLY_USES), _("What is it for?"))
    language: str | None = optional(LINE, _("In which language? A short code such as da"))
    title: str | None = optional(LINE, _("What is it called in the list?"))
    text: str | None = optional(TEXT, _("What does it say?"))
    active: bool | None = optional(BOOL, _("Is it offered?"), suggest="yes")

    @staticmethod
    def without(_template: Template, _view: View) -> tuple[str, ...]:
        """What it is for and in which language stays: others look for it there."""
        return "external", "use", "language"

    def refuse(self, template: Template | None, view: View) -> str | None:
        if not given(self):
            return NOTHING
        before = template or self._known(view)
        values = {name: getattr(self, name) or getattr(before, name, "") for name in _WORDED}
        if lacking := [name for name, value in values.items() if not value]:
            return _("a new template needs its %(fields)s") % {"fields": ", ".join(lacking)}
        reply = ReplyTemplate(id=(self.external or "own").lower(), **values)
        problem = next(reply_problems([reply]), None)
        return f"{problem.path[-1]}: {problem.what}" if problem else None

    def changes(self, template: Template | None, view: View) -> Iterator[Set]:
        before = template or self._known(view)
        if before is not None:
            yield Set("templates", before.id, given(self))
            return
        id_ = template_id(self.external) if self.external else view.new_id()
        yield Set("templates", id_, given(self), new=True)

    def _known(self, view: View) -> Template | None:
        """The template of that short id, where there is one."""
        return view.get(Template, template_id(self.external)) if self.external else None


_WORDED = ("use", "language", "title", "text")


@decision("template.reset", on=Template, roles=OFFICE, title=_("As shipped"), done=_("As shipped again:"))
class ResetTemplate:
    """The words that Tavle ships are offered again; the team's own stay in the history."""

    @staticmethod
    def blocked(template: Template, _view: View) -> str | None:
        ours = shipped("templates").get(template.id)
        if ours is None:
            return _("it is the team's own: nothing is shipped that it could go back to")
        same = template.active and (template.title, template.text) == (ours["title"], ours["text"])
        return _("it is as shipped already") if same else None

    def changes(self, template: Template, _view: View) -> Iterator[Set]:
        yield Set("templates", template.id, {"title": None, "text": None, "active": None})


@decision("template.publish", on=None, roles=OFFICE, title=_("Share templates"), done=_("Shared"))
class PublishTemplates:
    """The reply templates of a file, for the whole team; those that it does not name stay as they are."""

    content: tuple[ReplyTemplate, ...] = required(
        content_file(ReplyTemplate, _("there are no reply templates in this file")), _("The text of the file")
    )

    def refuse(self, _record: None, view: View) -> str | None:
        return None if news(template_writes(self.content), view) else UNCHANGED

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield from news(template_writes(self.content), view)


@decision("card.set", on=Card, roles=OFFICE, title=_("Word the cards"), done=_("Worded the cards:"))
class SetCard:
    """What is printed on the cards for customers in a language, beside what is filled in (FI-13, FI-51)."""

    left: str | None = optional(LINE, _("What heads the card that is left?"))
    filled: str | None = optional(LINE, _("What heads the card that is filled in?"))
    for_: str | None = optional(LINE, _("Whom it is for"))
    name: str | None = optional(LINE, _("Who was there"))
    contact: str | None = optional(LINE, _("Where they are reached"))
    reason: str | None = optional(LINE, _("What the visit was for"))
    returns: str | None = optional(LINE, _("When we return"))
    customer_action: str | None = optional(LINE, _("What the customer must do"))
    matter: str | None = optional(LINE, _("What it is about"))
    date: str | None = optional(LINE, _("On which day"))
    customer_contact: str | None = optional(LINE, _("Who at the customer"))
    responsible: str | None = optional(LINE, _("Who sees to the answer"))
    answer_by: str | None = optional(LINE, _("By when the answer is due"))

    def refuse(self, _card: Card, _view: View) -> str | None:
        return None if given(self) else NOTHING

    def changes(self, card: Card, _view: View) -> Iterator[Set]:
        yield Set("cards", card.id, given(self))


@decision("card.reset", on=Card, roles=OFFICE, title=_("As shipped"), done=_("As shipped again: cards"))
class ResetCard:
    """What Tavle ships is printed again; the team's own stays in the history."""

    @staticmethod
    def blocked(card: Card, _view: View) -> str | None:
        ours = shipped("cards").get(card.id, {})
        same = all(getattr(card, attribute(name)) == text for name, text in ours.items())
        return _("it is as shipped already") if same else None

    def changes(self, card: Card, _view: View) -> Iterator[Set]:
        yield Set("cards", card.id, dict.fromkeys(KINDS["cards"].fields))


@decision("synonym.add", on=None, roles=OFFICE, title=_("Means the same"), done=_("Understood from now on:"))
class AddSynonym:
    """A word of customers that means one of an agreement: from now on everyone's evidence finds the item (DK-24).

    Two who add the same make one record; one that was taken out comes back.
    """

    word: str = required(ONE_WORD, _("Which word of the customer's?"), suggest="customer_word")
    means: str = required(ONE_WORD, _("Which word of the agreement does it mean?"), suggest="agreed_word")

    def refuse(self, _record: None, view: View) -> str | None:
        if view.lexicon.same(self.word, self.means):
            return _("%(word)s and %(means)s mean the same already") % {
                "word": self.word,
                "means": self.means,
            }
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        id_ = derived_id("synonym", joined(self.word), joined(self.means))
        if view.get(Synonym, id_):
            yield Set("synonyms", id_, {"active": True})
        else:
            yield Set("synonyms", id_, {"word": self.word, "means": self.means, "active": True}, new=True)


@decision(
    "synonym.remove",
    on=Synonym,
    roles=OFFICE,
    title=_("Take out"),
    done=_("No longer understood:"),
)
class RemoveSynonym:
    """The word leads to the wrong items: it no longer means that one (DK-24)."""

    @staticmethod
    def blocked(synonym: Synonym, _view: View) -> str | None:
        return None if synonym.active else _("it was taken out already")

    def changes(self, synonym: Synonym, _view: View) -> Iterator[Set]:
        yield Set("synonyms", synonym.id, {"active": False})
