"""The merge case by case: contests, undo, groups, exports, odd clocks, odd bodies (docs/TEAM-FILE.md, P11, P13)."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.hlc import tick
from app.domain.ids import derived_id
from app.domain.kinds import KINDS, kind_of
from app.domain.merge import fold
from app.domain.projection import standing_signatures
from app.domain.records import Complaint, PlanRow, Shift
from tests.domain.making import clock, made, told, undone

COMPLAINTS = kind_of(Complaint)
SHIFTS = kind_of(Shift)
ROWS = kind_of(PlanRow)


def test_p11_a_sign_off_ends_only_if_its_id_was_named() -> None:
    """Two sign, one takes back what they saw: the concurrent signature survives."""
    mine = made("mine", {"signs": {"text": "a"}}, ms=1, kind="rows")
    theirs = made("theirs", {"signs": {"text": "a"}}, ms=2, kind="rows")
    back = made("back", {"unsigns": [mine.id], "reason": "too early"}, ms=9, kind="rows")
    folded = fold(ROWS, [mine, theirs, back])
    assert folded is not None
    assert [one.id for one in standing_signatures(folded)] == [theirs.id]


def test_an_accept_and_a_reject_are_contested_and_keep_what_stood_before() -> None:
    """Fault 38: no automatic winner, and the two never mix."""
    received = made("received", {"customer": "x", "text": "dirty"}, ms=1)
    accept = made("accept", {"status": "accepted", "plan": "today"}, ms=5)
    reject = made("reject", {"status": "rejected", "reason": "not ours"}, ms=7)
    folded = fold(COMPLAINTS, [received, accept, reject])
    assert folded is not None
    assert not folded.values.keys() & {"status", "plan", "reason"}
    assert folded.contested == (accept.id, reject.id)
    settled = made("settled", {"status": "solved"}, ms=9, base=[accept, reject])
    after = fold(COMPLAINTS, [received, accept, reject, settled])
    assert after is not None
    assert not after.conflicts
    assert after.values["status"] == "solved"
    assert not after.values.keys() & {"plan", "reason"}, "it builds on what stood, not on one of the two"


def test_a_contest_on_top_of_a_common_decision_keeps_that_decision() -> None:
    accept = made("accept", {"status": "accepted", "plan": "today"}, ms=1)
    solved = made("solved", {"status": "solved"}, ms=2, base=[accept])
    close = made("close", {"status": "closed"}, ms=3, base=[solved])
    reopen = made("reopen", {"status": "acknowledged", "plan": None}, ms=4, base=[solved])
    folded = fold(COMPLAINTS, [accept, solved, close, reopen])
    assert folded is not None
    assert folded.values["status"] == "solved"
    assert folded.values["plan"] == "today"


def test_equal_decisions_of_two_people_are_no_conflict() -> None:
    one = made("one", {"status": "approved", "approved_by": "Mette"}, ms=1, kind="absences")
    two = made("two", {"status": "approved", "approved_by": "Ole"}, ms=2, kind="absences")
    folded = fold(KINDS["absences"], [one, two])
    assert folded is not None
    assert not folded.conflicts
    assert folded.values["approved_by"] == "Ole"


def test_a_base_with_a_later_clock_is_ignored() -> None:
    future = made("future", {"person": "Sara"}, ms=9, kind="shifts")
    early = made("early", {"person": "Jonas"}, ms=5, kind="shifts", base=[future])
    folded = fold(SHIFTS, [future, early])
    assert folded is not None
    assert folded.heads["cover"] == (early.id, future.id)
    assert [one.register for one in folded.conflicts] == ["cover"]


def test_a_base_with_the_same_clock_is_ignored() -> None:
    """Two that name each other would both be seen by the other, and nothing would stand."""
    ids = [derived_id(name) for name in ("one", "two")]
    one = made("one", {"person": "Sara"}, ms=5, kind="shifts", base=ids[1:])
    two = made("two", {"person": "Jonas"}, ms=5, kind="shifts", base=ids[:1])
    folded = fold(SHIFTS, [one, two])
    assert folded is not None
    assert set(folded.heads["cover"]) == set(ids)


def test_while_something_named_has_not_arrived_no_conflict_is_listed() -> None:
    """Fault 37: the fold corrects itself when it comes."""
    one = made("one", {"person": "Jonas"}, ms=1, kind="shifts")
    missing = made("missing", {"person": "Emil"}, ms=2, kind="shifts", base=[one])
    two = made("two", {"person": "Sara"}, ms=3, kind="shifts", base=[missing])
    before, after = fold(SHIFTS, [one, two]), fold(SHIFTS, [one, missing, two])
    assert before is not None
    assert after is not None
    assert not before.conflicts
    assert before.values["person"] == "Sara"
    assert after.heads["cover"] == (two.id,)


def test_while_something_named_by_what_is_no_head_has_not_arrived_no_conflict_is_listed() -> None:
    """Fault 37: what is to come may be built on by either side."""
    first = made("first", {"person": "Emil"}, ms=1, kind="shifts")
    second = made("second", {"person": "Jonas"}, ms=2, kind="shifts", base=[first])
    third = made("third", {"person": "Aksel"}, ms=3, kind="shifts", base=[second])
    apart = made("apart", {"person": "Sara"}, ms=4, kind="shifts")
    arrived = [second, third, apart]
    for here, listed in ((arrived, []), ([first, *arrived], ["cover"])):
        folded = fold(SHIFTS, here)
        assert folded is not None
        assert folded.heads["cover"] == (third.id, apart.id)
        assert [one.register for one in folded.conflicts] == listed


def test_who_names_a_voided_change_also_names_what_that_one_named() -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    second = made("second", {"person": "Sara"}, ms=2, kind="shifts", base=[first])
    third = made("third", {"person": "Emil"}, ms=3, kind="shifts", base=[second])
    undo = undone("undo", second, ms=4, kind="shifts")
    folded = fold(SHIFTS, [first, second, third, undo])
    assert folded is not None
    assert folded.heads["cover"] == (third.id,)
    assert not folded.conflicts


def test_a_thousand_voided_steps_are_followed() -> None:
    chain = [made("c0", {"person": "p0"}, ms=1, kind="shifts")]
    for number in range(1, 1500):
        chain.append(
            made(f"c{number}", {"person": f"p{number}"}, ms=number + 1, kind="shifts", base=chain[-1:])
        )
    undos = [undone(f"u{one.id}", one, ms=10_000, kind="shifts") for one in chain[1:]]
    late = made("late", {"person": "Emil"}, ms=20_000, kind="shifts", base=chain[-1:])
    folded = fold(SHIFTS, [*chain, *undos, late])
    assert folded is not None
    assert folded.heads["cover"] == (late.id,)


def test_undo_and_redo_as_often_as_one_likes() -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    changes = [first, made("second", {"person": "Sara"}, ms=2, kind="shifts", base=[first])]
    for number in range(5):
        changes.append(undone(f"undo {number}", changes[-1], ms=10 + number, kind="shifts"))
        folded = fold(SHIFTS, changes)
        assert folded is not None
        assert folded.values["person"] == ("Jonas" if number % 2 == 0 else "Sara")


def test_a_group_is_folded_when_all_of_it_is_here() -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    part = made("part", {"person": "Sara"}, ms=2, kind="shifts", base=[first], grp=("g", 1, 2))
    waiting, whole = fold(SHIFTS, [first, part], frozenset("g")), fold(SHIFTS, [first, part])
    assert waiting is not None
    assert whole is not None
    assert waiting.values["person"] == "Jonas"
    assert whole.values["person"] == "Sara"
    assert fold(SHIFTS, [part], frozenset("g")) is None


def test_half_of_an_undo_group_voids_nothing() -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    undo = undone("undo", first, kind="shifts", grp=("g", 1, 2))
    assert fold(SHIFTS, [first, undo], frozenset("g")) is not None
    assert fold(SHIFTS, [first, undo]) is None


def test_of_one_id_under_two_headers_everyone_takes_the_same() -> None:
    """Fault 17."""
    one = made("same", {"person": "Jonas"}, ms=1, kind="shifts")
    two = made("same", {"person": "Sara"}, ms=2, kind="shifts")
    assert told(fold(SHIFTS, [one, two])) == told(fold(SHIFTS, [two, one]))


def test_an_undo_voids_nothing_that_is_later_than_itself() -> None:
    """Nobody undoes what they cannot have seen; two undos that name each other void nothing in a circle."""
    late = made("late", {"person": "Jonas"}, ms=9, kind="shifts")
    early = undone("early", late, ms=5, kind="shifts")
    folded = fold(SHIFTS, [late, early])
    assert folded is not None
    assert folded.values == {"person": "Jonas"}
    first = made("first", {"voids": [late.id, derived_id("second")]}, ms=10, kind="shifts", do="undo")
    second = made("second", {"voids": [first.id]}, ms=11, kind="shifts", do="undo")
    assert fold(SHIFTS, [late, first, second]) is not None
    assert fold(SHIFTS, [late, first]) is None


@pytest.mark.parametrize("voids", [None, 7, "abc", {"a": 1}, [["x"], 3, None], [{}]])
def test_a_malformed_undo_voids_nothing(voids: Any) -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    odd = made("odd", {"voids": voids}, ms=2, kind="shifts", do="undo")
    folded = fold(SHIFTS, [first, odd])
    assert folded is not None
    assert folded.values == {"person": "Jonas"}


def test_what_a_newer_program_wrote_is_not_interpreted() -> None:
    """Fault 33: neither its fields nor its undo; the record says so elsewhere."""
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    newer = made("newer", {"person": "Sara"}, ms=2, kind="shifts", v=2)
    undo = undone("undo", first, kind="shifts", crit=("sealed",))
    folded = fold(SHIFTS, [first, newer, undo])
    assert folded is not None
    assert folded.values == {"person": "Jonas"}


def test_an_exported_value_that_has_changed_since_is_a_listed_conflict() -> None:
    """A roster of 05:00 must not take last night's substitute away."""
    old = made("old", {"person": "Jonas"}, ms=1, kind="shifts", do="import")
    night = made("night", {"person": "Sara"}, ms=5, kind="shifts", base=[old])
    same = made("same", {"person": "Jonas"}, ms=7, kind="shifts", do="import")
    changed = made("changed", {"person": "Emil"}, ms=9, kind="shifts", do="import")
    quiet, loud = fold(SHIFTS, [old, night, same]), fold(SHIFTS, [old, night, same, changed])
    assert quiet is not None
    assert loud is not None
    assert not quiet.conflicts
    assert quiet.values["person"] == loud.values["person"] == "Sara"
    assert loud.conflicts[0].heads == (night.id, changed.id)
    settled = made("settled", {"person": "Emil"}, ms=10, kind="shifts", base=loud.heads["cover"])
    after = fold(SHIFTS, [old, night, same, changed, settled])
    assert after is not None
    assert not after.conflicts


def test_an_export_that_comes_to_say_what_a_person_decided_is_no_conflict() -> None:
    old = made("old", {"person": "Jonas"}, ms=1, kind="shifts", do="import")
    night = made("night", {"person": "Sara"}, ms=5, kind="shifts", base=[old])
    agrees = made("agrees", {"person": "Sara"}, ms=9, kind="shifts", do="import")
    folded = fold(SHIFTS, [old, night, agrees])
    assert folded is not None
    assert (folded.values["person"], folded.conflicts) == ("Sara", ())


def test_an_export_that_has_changed_since_ends_no_contest_among_people() -> None:
    """What they contend on and what the export says are one question, and none of it is settled by asking."""
    as_it_was = {"status": "planned", "cancel_reason": "ice"}
    old = made("old", as_it_was, ms=1, kind="shifts", do="import")
    first = made("first", as_it_was, ms=4, kind="shifts", base=[old])
    one = made("one", {"status": "cancelled"}, ms=5, kind="shifts", base=[first])
    two = made("two", {"status": "done"}, ms=6, kind="shifts", base=[first])
    changed = made("changed", {"cancel_reason": "snow"}, ms=9, kind="shifts", do="import")
    folded = fold(SHIFTS, [old, first, one, two, changed])
    assert folded is not None
    assert folded.values == as_it_was
    (conflict,) = folded.conflicts
    assert (conflict.fields, conflict.contested) == (("status", "cancel_reason"), True)
    assert conflict.heads == (one.id, two.id, changed.id)


def test_a_record_was_created_by_the_first_that_counts() -> None:
    first = made("first", {"person": "Jonas"}, ms=1, kind="shifts")
    second = made("second", {"person": "Sara"}, ms=2, kind="shifts", base=[first])
    for changes, created in (
        ([second, first], first),
        ([first, second, undone("undo", first, kind="shifts")], second),
    ):
        folded = fold(SHIFTS, changes)
        assert folded is not None
        assert folded.created == created


def test_an_older_export_never_beats_a_newer_one() -> None:
    """Fault 40, P13."""
    newer = made("newer", {"person": "Sara"}, ms=9, kind="shifts", do="import")
    older = made("older", {"person": "Jonas"}, ms=1, kind="shifts", do="import")
    folded = fold(SHIFTS, [newer, older])
    assert folded is not None
    assert folded.values["person"] == "Sara"


def test_one_is_not_true() -> None:
    one = made("one", {"talk_needed": True}, ms=1)
    two = made("two", {"talk_needed": 1}, ms=2)
    folded = fold(COMPLAINTS, [one, two])
    assert folded is not None
    assert [one.fields for one in folded.conflicts] == [("talk_needed",)]


def test_a_clock_ten_years_ahead_spoils_one_record_only() -> None:
    """Faults 20–22: applied, and whoever saw it wins with a clock that is right."""
    spoilt = made("spoilt", {"person": "Sara"}, kind="shifts", hlc=clock(2_100_000_000_000))
    seen = made(
        "seen",
        {"person": "Emil"},
        kind="shifts",
        base=[spoilt],
        hlc=tick(1_700_000_000_000, [spoilt.header.hlc]),
    )
    folded = fold(SHIFTS, [spoilt, seen])
    assert folded is not None
    assert folded.values["person"] == "Emil"
