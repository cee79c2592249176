"""What a form quotes of the record that it is about, so that nobody has to remember it."""

from __future__ import annotations

from app.desk import View
from app.domain.content import braced, placeholders_of
from app.domain.plain import visible
from app.domain.records import Complaint, Handover, Person, Template
from app.panes.common import moment_words, snippet
from app.queries.subjects import name_of
from app.text import _

MOST = 400


def quoted(view: View, record: object) -> str:
    """The customer's words, the colleague's who hands over, what a template fills in; nothing for other records."""
    if isinstance(record, Complaint):
        return f"“{snippet(record.text, MOST)}”"
    if isinstance(record, Handover):
        return f"{name_of(view, Person, record.given_by)}, {moment_words(view, record.at)}\n{visible(record.text)}"
    if isinstance(record, Template):
        return _("Filled in: %(known)s") % {"known": " ".join(map(braced, placeholders_of(record.use)))}
    return ""
