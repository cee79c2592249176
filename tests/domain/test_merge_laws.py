"""What must hold of the merge, whatever happened (docs/TEAM-FILE.md, "What must hold": P3–P8, P10, P11).

Histories are made as people make them: three replicas that write on what they see, undo, redo and exchange, with
clocks that are minutes or years off. The fold is compared with the laws, never with itself alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change
from app.domain.hlc import tick
from app.domain.ids import derived_id
from app.domain.kinds import KINDS, Register, Rule, kind_of
from app.domain.merge import Folded, fold
from app.domain.projection import standing_signatures
from app.domain.records import Complaint, PlanRow, Shift
from tests.domain.making import clock, made, undone

COMPLAINTS = kind_of(Complaint)
SHIFTS = kind_of(Shift)
ROWS = kind_of(PlanRow)

BODIES: dict[str, list[dict[str, Any]]] = {
    "complaints": [
        {"status": "accepted", "plan": "now", "replies": "yes"},
        {"status": "accepted", "plan": "later"},
        {"status": "rejected", "reason": "no", "replies": "no"},
        {"status": "solved", "note": "done"},
        {"talk_needed": True},
        {"talk_needed": False},
        {"text": "other words", "received_at": "2026-11-23T05:40:00Z"},
        {"replies": "seen"},
        {"read": True},
    ],
    "shifts": [
        {"person": "Jonas", "note": "van"},
        {"person": "Sara"},
        {"note": "key under the mat"},
        {"start": "2026-11-23T06:00:00Z"},
        {"end": "2026-11-23T10:00:00Z"},
        {"status": "cancelled", "cancel_reason": "shut", "agreed_with": "Lis"},
        {"status": "planned"},
    ],
}


@dataclass
class Replica:
    """One installation: its clock is off by so much, and it knows some of the changes."""

    name: str
    off_ms: int
    known: dict[str, Change] = field(default_factory=dict)

    def folded(self, kind: str) -> Folded | None:
        return fold(KINDS[kind], self.known.values())

    def write(self, kind: str, body: dict[str, Any], now: int, number: int) -> Change:
        folded = self.folded(kind)
        heads = folded.heads if folded else {}
        of = KINDS[kind].register_of
        base = sorted({head for name in body if name in of for head in heads.get(of[name], ())})
        return self.make(kind, body, base, now, number)

    def export(self, kind: str, body: dict[str, Any], now: int, number: int) -> Change:
        values = {name: value for name, value in body.items() if name in KINDS[kind].register_of}
        return self.keep(made(f"x{number}", values, ms=now, kind=kind, do="import"))

    def undo(self, kind: str, chosen: Change, now: int, number: int) -> Change:
        voids = {"voids": [chosen.id]}
        return self.make(kind, voids, [chosen.id], now, number, do="undo")

    def make(
        self, kind: str, body: dict[str, Any], base: list[str], now: int, number: int, do: str = "test"
    ) -> Change:
        hlc = tick(max(0, now + self.off_ms), [self.known[one].header.hlc for one in base])
        return self.keep(made(f"c{number}", body, base=base, kind=kind, do=do, hlc=hlc))

    def keep(self, change: Change) -> Change:
        self.known[change.id] = change
        return change


OFFS = (0, -3_600_000, 10 * 365 * 86_400_000)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["write", "write", "write", "write", "undo", "exchange", "exchange", "export"]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=25,
)


def history(kind: str, steps: list[tuple[int, str, int]]) -> list[Change]:
    """What all replicas together know after the steps, in the order in which it was made."""
    replicas = [Replica(str(number), off) for number, off in enumerate(OFFS)]
    first = replicas[0].write(kind, BODIES[kind][-1] | {"customer": "Havnens Kontor"}, 0, -1)
    everything = {first.id: first}
    for one in replicas:
        one.keep(first)
    for number, (who, what, choice) in enumerate(steps):
        replica, now = replicas[who], 1_700_000_000_000 + number * 60_000
        body = BODIES[kind][choice % len(BODIES[kind])]
        if what == "exchange":
            other = replicas[(who + 1 + choice % 2) % 3]
            replica.known.update(other.known)
            continue
        if what == "undo":
            change = replica.undo(
                kind, list(replica.known.values())[choice % len(replica.known)], now, number
            )
        elif what == "export":
            change = replica.export(kind, body, now, number)
        else:
            change = replica.write(kind, body, now, number)
        everything[change.id] = change
    return list(everything.values())


HISTORIES = st.sampled_from(sorted(BODIES)).flatmap(
    lambda kind: st.tuples(st.just(kind), STEPS.map(lambda steps: history(kind, steps)))
)


PLAIN_HISTORIES = st.sampled_from(sorted(BODIES)).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        STEPS.map(
            lambda steps: history(
                kind, [(who, what if what == "exchange" else "write", choice) for who, what, choice in steps]
            )
        ),
    )
)


def told(folded: Folded | None) -> Any:
    """All that a fold says, to compare."""
    if folded is None:
        return None
    entries = {name: [one.id for one in found] for name, found in folded.entries.items()}
    return folded.values, folded.heads, folded.conflicts, entries, [one.id for one in folded.live]


def decided_on(folded: Folded, register: Register) -> list[Change]:
    """The live changes of people that write a register."""
    return [
        one
        for one in folded.live
        if one.header.do != "import" and any(name in one.body for name in register.fields)
    ]


@given(HISTORIES, st.randoms(use_true_random=False))
def test_p3_p4_p5_order_repetition_and_grouping_change_nothing(
    made_: tuple[str, list[Change]], dice: random.Random
) -> None:
    kind, changes = made_
    again = [*changes, *dice.choices(changes, k=len(changes))]
    dice.shuffle(again)
    assert told(fold(KINDS[kind], again)) == told(fold(KINDS[kind], changes))


@given(HISTORIES)
def test_p6_every_value_stays_in_winner_conflicts_or_history(made_: tuple[str, list[Change]]) -> None:
    kind, changes = made_
    folded = fold(KINDS[kind], changes)
    if folded is None:
        return
    voided = {one.id for one in changes} - {one.id for one in folded.live}
    for register in KINDS[kind].registers.values():
        writers = decided_on(folded, register)
        listed = {head for one in folded.conflicts if one.register == register.name for head in one.heads}
        for change in writers:
            shown = all(
                change.body[name] == folded.values.get(name)
                for name in register.deciding
                if name in change.body
            )
            named = any(change.id in other.header.base for other in changes)
            assert shown or change.id in listed or named or change.id in voided


@given(HISTORIES)
def test_p7_who_saw_every_head_wins_whatever_the_clocks(made_: tuple[str, list[Change]]) -> None:
    kind, changes = made_
    slow = Replica("slow", -100 * 365 * 86_400_000, {one.id: one for one in changes})
    if slow.folded(kind) is None:
        return
    for number, body in enumerate(BODIES[kind]):
        change = slow.write(kind, body, 1_700_000_000_000, 1000 + number)
        folded = slow.folded(kind)
        assert folded is not None
        for name in body:
            if name in KINDS[kind].register_of:
                assert folded.values[name] == body[name]
                assert folded.heads[KINDS[kind].register_of[name]] == (change.id,)
        assert not {KINDS[kind].register_of.get(name) for name in body} & {
            one.register for one in folded.conflicts
        }


@given(HISTORIES)
def test_p8_a_winner_is_a_causal_head(made_: tuple[str, list[Change]]) -> None:
    kind, changes = made_
    folded = fold(KINDS[kind], changes)
    if folded is None:
        return
    for register in KINDS[kind].registers.values():
        writers = decided_on(folded, register)
        if not writers:
            continue
        heads = [one for one in writers if one.id in folded.heads[register.name]]
        assert heads, "someone's decision always stands"
        for head in heads:
            assert not any(head.id in other.header.base for other in writers)
        contested = any(
            one.register == register.name and register.rule is Rule.DECISION for one in folded.conflicts
        )
        if not contested:
            winner = max(heads, key=lambda one: one.key)
            for name in register.fields:
                if name in winner.body:
                    assert folded.values[name] == winner.body[name]


@given(PLAIN_HISTORIES)
def test_p10_a_conflict_is_listed_exactly_when_concurrent_heads_differ(
    made_: tuple[str, list[Change]],
) -> None:
    kind, decided = made_
    folded = fold(KINDS[kind], decided)
    assert folded is not None
    listed = {one.register: one for one in folded.conflicts}
    for register in KINDS[kind].registers.values():
        heads = [one for one in decided_on(folded, register) if one.id in folded.heads[register.name]]
        left = [
            fold(KINDS[kind], [one for one in decided if one is head or saw(head, one, decided)])
            for head in heads
        ]
        choices = {
            tuple(one.values.get(name) for name in register.deciding) for one in left if one is not None
        }
        assert (register.name in listed) == (len(choices) > 1)
        if register.name in listed:
            assert listed[register.name].heads == tuple(one.id for one in heads)
            assert listed[register.name].contested == (register.rule is Rule.DECISION)


def saw(head: Change, other: Change, changes: list[Change]) -> bool:
    """True where whoever made the head built on the other, step by step."""
    known = {one.id: one for one in changes}
    todo, found = [head.id], set[str]()
    while todo:
        for base in known[todo.pop()].header.base:
            if base in known and base not in found:
                found.add(base)
                todo.append(base)
    return other.id in found


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
