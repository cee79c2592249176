"""What a form quotes of the record that it is about, so that nobody has to remember it."""

from __future__ import annotations

from app.desk import View
from app.domain.plain import visible
from app.domain.records import Complaint, Handover, Person
from app.panes.common import moment_words, snippet
from app.queries.subjects import name_of

MOST = 400


def quoted(view: View, record: object) -> str:
    """The customer's words, or the colleague's who hands over; nothing for other records."""
    if isinstance(record, Complaint):
        return f"“{snippet(record.text, MOST)}”"
    if isinstance(record, Handover):
        return f"{name_of(view, Person, record.given_by)}, {moment_words(view, record.at)}\n{visible(record.text)}"
    return ""
