"""Opening a complaint on the board takes complaint.read, silently (DK-23)."""

from __future__ import annotations

from contextlib import suppress

from app.desk import BadInput, DatabaseUnavailable, Refused
from app.domain.records import Complaint
from app.widgets.office import Office


def read_complaint(office: Office, id_: str) -> None:
    """The complaint was opened: it is read, where a supervisor opened it and nobody had before."""
    found = office.desk.record("complaints", id_)
    if (
        not isinstance(found, Complaint)
        or found.read_at is not None
        or office.desk.actor.role != "supervisor"
    ):
        return
    with suppress(Refused, BadInput, DatabaseUnavailable):
        office.desk.take("complaint.read", id_)
        office.news()
