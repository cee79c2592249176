"""From a folded record to its columns: statuses, clocks, signatures, and values that are not of their type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change
from app.domain.complaint_life import complaint_columns
from app.domain.instants import from_text
from app.domain.kinds import KINDS, kind_of
from app.domain.merge import fold
from app.domain.projection import (
    Columns,
    RowText,
    columns,
    defaults,
    row_columns,
    row_text_hash,
)
from app.domain.records import Absence, Complaint, PlanRow
from app.domain.worktime import Pause
from tests.domain.making import METTE, made

COMPLAINTS = kind_of(Complaint)
ROWS = kind_of(PlanRow)
RECEIVED = made(
    "received",
    {"customer": "c", "text": "dirty", "received_at": "2026-11-23T05:00:00Z", "channel": "phone"},
    ms=1,
)
LIMITS = {"P0": timedelta(hours=2), "P7": timedelta(days=7), "P9": timedelta(days=30)}


class Promised:
    """Limits of plain time; what a pause takes is added."""

    def deadline(
        self, promise: str, start: datetime, _customer: str | None, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        return self.postponed(start + LIMITS[promise], start, None, pauses)

    def kept(
        self, promise: str, start: datetime, stopped: datetime, customer: str | None, pauses: Iterable[Pause]
    ) -> bool:
        ends = self.deadline(promise, start, customer, pauses)
        return ends is None or stopped <= ends

    def postponed(
        self, agreed: datetime, _since: datetime, _customer: str | None, pauses: Iterable[Pause]
    ) -> datetime | None:
        for start, end in pauses:
            if end is None:
                return None
            agreed += end - start
        return agreed


def complaint(*changes: Change) -> Columns:
    folded = fold(COMPLAINTS, [RECEIVED, *changes])
    assert folded is not None
    return complaint_columns(COMPLAINTS, folded, Promised())


def test_dk_21_a_complaint_waits_and_its_reply_clock_runs() -> None:
    found = complaint()
    assert (found["status"], found["reply_by"]) == ("waiting", "2026-11-23T07:00:00Z")
    assert found["clock_due"] == found["reply_by"]


def test_a_reply_acknowledges_and_starts_the_clock_of_p7() -> None:
    first, second = made("r1", {"replies": "Seen"}, ms=2), made("r2", {"replies": "Still on it"}, ms=3)
    found = complaint(second, first)
    assert (found["status"], found["reply"]) == ("acknowledged", "Seen")
    assert found["replied_at"] == "2026-11-23T05:40:00Z"
    assert found["clock_due"] == "2026-11-30T05:00:00Z"


def test_an_outcome_that_is_contested_keeps_the_status_and_the_clock_from_before() -> None:
    """Its reply is kept, yet nobody knows which one holds."""
    accept = made(
        "accept", {"status": "accepted", "replies": "We come", "solve_by": "2026-11-24T05:00:00Z"}, ms=2
    )
    reject = made("reject", {"status": "rejected", "reason": "no", "replies": "no"}, ms=3)
    assert complaint(accept)["clock_due"] == "2026-11-24T05:00:00Z"
    assert complaint(reject)["clock_due"] is None
    contested = complaint(accept, reject)
    assert contested["status"] == "waiting"
    assert contested["reply"] == "We come"
    assert contested["clock_due"] == contested["reply_by"]
    answered = complaint(accept, reject, made("ack", {"replies": "Seen"}, ms=1))
    assert answered["status"] == "acknowledged"


def test_reopened_its_clock_of_p7_runs_from_then() -> None:
    solved = made("solved", {"status": "solved", "replies": "We come"}, ms=2)
    reopen = made("reopen", {"status": "acknowledged"}, ms=3, base=[solved], do="complaint.reopen")
    assert complaint(solved, reopen)["clock_due"] == "2026-11-30T05:40:00Z"


@pytest.mark.parametrize("words", [None, "", "  ", 7, ["x"], {"a": "b"}])
def test_what_is_no_answer_stops_no_clock(words: Any) -> None:
    found = complaint(made("odd", {"replies": words}, ms=2))
    assert (found["status"], found["reply"], found["replied_at"]) == ("waiting", None, None)


@pytest.mark.parametrize("status", ["escalated", 7, None, ["accepted"], True])
def test_dk_33_an_unknown_status_leaves_the_complaint_waiting(status: Any) -> None:
    assert complaint(made("odd", {"status": status}, ms=2))["status"] == "waiting"


def test_a_change_whose_time_cannot_be_read_counts_by_its_clock() -> None:
    change = made("ack", {"replies": "Seen"}, ms=1_700_000_000_000)
    odd = Change(
        type(change.header)(**{**_members(change), "at": "yesterday"}), change.body, change.hash, change.raw
    )
    assert complaint(odd)["replied_at"] == "2023-11-14T22:13:20Z"


def _members(change: Change) -> dict[str, Any]:
    return {name: getattr(change.header, name) for name in change.header.__struct_fields__}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
    | st.sampled_from(["2026-11-23T05:40:00Z", "2026-11-23", "0001-01-01T00:00:00Z", "9999-99-99T99:99:99Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_a_body_holds_columns_hold_what_fits(name: str, data: st.DataObject) -> None:
    """A line from elsewhere never breaks the fold: the value stays in the history, the column has its default."""
    kind = KINDS[name]
    fields = sorted(kind.register_of)
    body = data.draw(st.dictionaries(st.sampled_from(fields), JSON, max_size=len(fields)))
    folded = fold(kind, [Change(made("odd", {}, kind=name).header, body, "", b"")])
    assert folded is not None
    found = columns(kind, folded)
    assert found.keys() >= defaults(kind).keys()
    for field, value in found.items():
        type_ = kind.specs[field].type.name if field in kind.specs else "line"
        if type_ == "time" and value is not None:
            assert len(value) == 20
            assert from_text(value).tzinfo is not None
        assert value is None or isinstance(
            value, bool if type_ == "yes/no" else int if type_ == "number" else str
        )


def test_an_instant_with_an_offset_is_kept_as_utc() -> None:
    folded = fold(kind_of(Absence), [made("one", {"from": "2026-11-23T06:40:00+01:00"}, kind="absences")])
    assert folded is not None
    assert columns(kind_of(Absence), folded)["from"] == "2026-11-23T05:40:00Z"


ROW = RowText("plan", "A-1", "A", "v1", ("Meet the customer",), ("Who decides?", "When?"))


def row(*changes: Change) -> Columns:
    return row_columns(ROWS, fold(ROWS, changes) if changes else None, ROW)


def signature(name: str, found: Columns, ms: int) -> Change:
    text = row_text_hash(
        "v1", "A-1", list(ROW.titles), list(ROW.think_about), found["responsible"], found["done_on"]
    )
    return made(name, {"signs": {"text": text}}, ms=ms, kind="rows")


def test_a_row_says_what_its_template_says() -> None:
    found = row()
    assert found["titles"] == '["Meet the customer"]'
    assert found["signed_by"] is None


def test_a_signature_differs_once_what_it_stands_for_has_changed() -> None:
    done = made("done", {"responsible": "Mette", "done_on": "2026-11-20"}, ms=1, kind="rows")
    sign = signature("sign", row(done), 2)
    signed = row(done, sign)
    assert (signed["signed_by"], signed["differs"]) == (METTE, False)
    for body in (
        {"titles": ["Other"]},
        {"responsible": "Ole"},
        {"done_on": "2026-11-21"},
        {"think_about": ["x"]},
    ):
        assert row(done, sign, made("later", body, ms=3, base=[done], kind="rows"))["differs"] is True
    assert row(done, sign, made("note", {"notes": "x"}, ms=3, kind="rows"))["differs"] is False


def test_a_signature_taken_back_leaves_the_concurrent_one() -> None:
    """P11."""
    one, two = signature("one", row(), 1), signature("two", row(), 2)
    back = made("back", {"unsigns": [two.id, 7], "reason": "x"}, ms=3, kind="rows")
    assert row(one, two, back)["signed_by"] == METTE
    both = made("both", {"unsigns": [one.id, two.id]}, ms=3, kind="rows")
    assert row(one, two, both)["signed_by"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"titles": "x", "think_about": 7},
        {"signs": "x"},
        {"signs": {"text": 7}},
        {"unsigns": 7},
        {"notes": {"a": 1}},
    ],
)
def test_odd_rows_are_shown_all_the_same(body: dict[str, Any]) -> None:
    found = row(made("odd", body, kind="rows"))
    assert found["titles"] == '["Meet the customer"]'
    assert found["notes"] == "[]"
