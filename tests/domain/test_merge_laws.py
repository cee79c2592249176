"""What must hold of the merge, whatever happened (docs/TEAM-FILE.md, "What must hold": P3–P8, P10).

Histories are made as people make them: three replicas that write on what they see, undo, redo and exchange, with
clocks that are minutes or years off. The fold is compared with the laws, never with itself alone. Cases one by one
stand in test_merge_cases.py.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change
from app.domain.hlc import tick
from app.domain.kinds import KINDS, Register, Rule
from app.domain.merge import Folded, fold
from tests.domain.making import made, told

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
