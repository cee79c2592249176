"""Lines from elsewhere whose bodies hold anything at all: everything there is to see can still be seen."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from app.decisions.registry import DECISIONS
from app.desk import BadInput, Desk, Refused
from app.domain.change import Change
from app.domain.ids import random_id
from app.domain.kinds import KINDS, Kind
from app.panes.contested import conflict_blocks, contested_blocks, filled_in, side_cards
from app.panes.history import history_block
from app.queries import (
    counts,
    cover,
    exchange,
    glance,
    handovers,
    listing,
    onboarding,
    plans,
    records,
    subjects,
    team,
    today,
)
from app.queries.wanted import Wanted
from app.store import folding, log
from app.store.conflicts import contests
from tests.domain.making import made
from tests.support import make_desk, tables

VALUES: tuple[Any, ...] = (
    None, True, 0, -5, 2**52, 1.5, "", "x", "nan,nan", "2026-11-23T05:40:00Z", "2026-11-22", "9999-12-31T00:00:00Z",
    [], ["x"], [1], {}, {"a": 1}, {"text": 7}, [{"text": "a", "right": "yes"}], [[["x"]]], "planned", "accepted",
    "single", "service-plan", "2h", "mon-fri 99:00", "999999999999wd", "Europe/Nowhere", "DK", "\x1b[31m",
)  # fmt: skip
TIMES = (
    "",
    "yesterday",
    "2026-11-23",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "1970-01-01T00:00:00Z",
)
DOES = ("undo", "import", "complaint.reopen", "shift.assign", "absence.approve", "plan.sign", "of.tomorrow")
ROUNDS = 3


def ids_of(desk: Desk, kind: str) -> list[str]:
    with desk.database.read() as conn:
        return [row[0] for row in conn.exec_driver_sql(f'SELECT id FROM "{kind}" ORDER BY id')]


def odd_body(dice: random.Random, kind: Kind, ids: dict[str, list[str]]) -> dict[str, Any]:
    names = sorted({*kind.register_of, *kind.sets, "voids"})
    body: dict[str, Any] = {}
    for name in dice.sample(names, min(len(names), dice.randrange(1, 8))):
        type_ = kind.specs[name].type if name in kind.specs else None
        fitting = ids.get(type_.kind or "", []) if type_ else []
        body[name] = dice.choice(fitting) if fitting and dice.random() < 0.6 else dice.choice(VALUES)
        if type_ and type_.choices and dice.random() < 0.5:
            body[name] = dice.choice(type_.choices)
    return body


def odd_change(dice: random.Random, seq: int, ids: dict[str, list[str]], before: list[Change]) -> Change:
    kind = KINDS[dice.choice(sorted(KINDS))]
    known = ids[kind.name]
    if not known or dice.random() < 0.4:
        known.append(random_id(dice.randbytes))
    base = dice.sample(before, min(len(before), 2)) if dice.random() < 0.3 else ()
    change = made(f"odd {seq} {dice.random()}", {}, seq=seq, ms=1_795_000_000_000 + seq, kind=kind.name,
                  record=dice.choice(known), do=dice.choice(DOES), base=base)  # fmt: skip
    header = msgspec.structs.replace(change.header, **odd_members(dice, ids))
    body = odd_body(dice, kind, ids)
    raw = b'{"h":' + msgspec.json.encode(header) + b',"b":' + msgspec.json.encode(body) + b',"c":"0"}'
    return Change(header, body, change.hash, raw)


def odd_members(dice: random.Random, ids: dict[str, list[str]]) -> dict[str, Any]:
    """Now and then: no time, a newer version, one of a group of all sorts, another kind's id, a kind of no record."""
    found: dict[str, Any] = {}
    if dice.random() < 0.3:
        found["at"] = dice.choice(TIMES)
    if dice.random() < 0.1:
        found["v"] = 2
    if dice.random() < 0.2:
        found["grp"] = (f"{dice.randrange(5):08}-0000-4000-8000-000000000000", dice.randrange(1, 3), 2)
    if dice.random() < 0.1:
        found["on"] = (
            dice.choice([*KINDS, "lane"]),
            dice.choice([one for known in ids.values() for one in known]),
        )
    return found


def look_at_everything(desk: Desk, ids: dict[str, list[str]]) -> None:
    for query in (counts.counts, glance.places, glance.away, glance.solved_today, handovers.waiting,
                  handovers.handovers, onboarding.modules, team.conflicts, exchange.exchange_state):  # fmt: skip
        desk.ask(query)
    for everywhere in (True, False):
        for wide in (plans.matrix, today.queue):
            desk.ask(wide, everywhere=everywhere)
        for listed in (team.people, team.customers, team.contacts):
            desk.ask(listed, Wanted(everywhere=everywhere))
    for kind, known in ids.items():
        for id_ in known:
            desk.ask(records.record, kind, id_)
            desk.ask(records.history, id_)
            desk.ask(subjects.subject, kind, id_)
            desk.ask(history_block, id_)
            desk.ask(contested_blocks, id_)
            try_to(desk.ask, listing.shown, id_)
    for id_ in ids["shifts"]:
        desk.ask(cover.candidates, id_)
    for contest in desk.ask(lambda view: list(contests(view.conn))):
        for told in (conflict_blocks, side_cards, filled_in):
            desk.ask(told, contest)


def decide_on_everything(desk: Desk, dice: random.Random, ids: dict[str, list[str]]) -> None:
    for name, decision in DECISIONS.items():
        known = ids.get(decision.on.name, []) if decision.on else []
        for id_ in dice.sample(known, min(2, len(known))):
            record = desk.record(decision.on.name, id_) if decision.on else None
            if record is not None:
                desk.blocked(name, record)
                desk.warning(name, record)
                given = {one.name: fitting_value(dice, one.type, ids) for one in decision.fields}
                try_to(desk.take, name, id_, given)
                try_to(desk.undo)
                try_to(desk.redo)


def fitting_value(dice: random.Random, type_: Any, ids: dict[str, list[str]]) -> Any:
    if type_.kind and ids.get(type_.kind):
        return dice.choice(ids[type_.kind])
    if type_.choices:
        return dice.choice(type_.choices)
    plain = {"time": "tomorrow 10", "date": "today", "yes/no": "yes", "number": "3", "object": "{}"}
    return plain.get(type_.name, "words")


def try_to(what: Any, *args: Any) -> None:
    """Refusals are answers too."""
    with suppress(BadInput, Refused):
        what(*args)


def test_whatever_lines_hold_everything_can_be_seen_and_decided(tmp_path: Path) -> None:
    """A value that is not of its field's type stays in the history; nothing breaks (faults 30–34)."""
    for round_ in range(ROUNDS):
        dice = random.Random(round_)
        desk = make_desk(tmp_path / str(round_))
        ids = {kind: ids_of(desk, kind) for kind in KINDS}
        odd: list[Change] = []
        for seq in range(1, 61):
            odd.append(odd_change(dice, seq, ids, odd))
        with desk.database.write() as conn:
            log.append(conn, odd)
            folding.refold(conn, log.touched_by(conn, odd), odd)
        look_at_everything(desk, ids)
        decide_on_everything(desk, dice, ids)
        for change in odd:
            try_to(desk.undo, change.id)
            try_to(desk.redo, change.id)
        before = tables(desk)
        desk.rebuild()
        assert tables(desk) == before
        desk.close()
