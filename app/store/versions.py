"""The versions of modules: what their content means as the team has it now (FI-48, FI-21)."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.content import module_version
from app.domain.publishing import module_of, promise_spec
from app.domain.records import Module, Promise, Question
from app.store import reading


def stamp_versions(conn: Connection) -> None:
    """Writes into every module's row the version that its questions and the team's promises make.

    It is derived, never set: two who change a question and a promise apart from each other agree on it.
    """
    found = reading.find(conn, Promise, {"area": None, "customer": None})
    promises = [promise_spec(one) for one in found if one.external]
    for module in list(reading.find(conn, Module, {})):
        questions = reading.find(conn, Question, {"module": module.id})
        version = module_version(module_of(module, questions), promises)
        conn.exec_driver_sql("UPDATE modules SET version = ? WHERE id = ?", (version, module.id))
