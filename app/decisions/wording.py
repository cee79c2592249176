"""What the team says and understands, shared by all: words of customers that mean one of an agreement (DK-24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.decisions.masters import OFFICE
from app.decisions.registry import Set, decision, required
from app.domain.evidence import WORD, joined
from app.domain.fields import LINE, BadInput, FieldType
from app.domain.ids import derived_id
from app.domain.records import Synonym
from app.domain.view import View
from app.text import _

_LEAST, _MOST = 2, 2


def _read_word(value: Any, around: Any) -> str:
    text: str = LINE.read(value, around)
    if not 1 <= len(WORD.findall(text)) <= _MOST or len(joined(text)) < _LEAST:
        raise BadInput(_("write one word, or two that belong together"))
    return text


ONE_WORD = FieldType(LINE.name, _read_word)


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
