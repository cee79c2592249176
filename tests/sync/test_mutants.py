"""Seeded mutants that must die: for each law (P1–P11, P13–P15), one step done wrongly, and the test that tells.

A test that passes whatever the program does proves nothing. Here a function is replaced by a wrong one, and the
directed test of its law, or the law tried on seeded histories, has to fail.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest

from app.decisions import undoing
from app.domain import history as histories
from app.domain import merge, projection
from app.domain.change import BadLine, Change, Header, decode, digest, seal
from app.domain.history import History
from app.domain.kinds import KINDS
from app.store.clocks import Clocks
from app.store.exchange_log import tops
from app.store.sources import drop_sources
from app.sync import acks, engine, healing, publish, pull, reading, survey, writing
from app.sync.files import Files
from app.sync.lines import Line
from app.sync.ranges import Covers, all_covers
from tests.decisions import test_undo
from tests.domain import test_merge_cases as cases
from tests.domain import test_merge_laws as laws
from tests.domain.making import made, told
from tests.store import test_folded_records as of_records
from tests.support import make_desk
from tests.sync import test_crashes, test_drives, test_exchange, test_healing, test_newer, test_pieces
from tests.sync.team import Home
from tests.sync.test_vendor_drives import MEMORY

Patch = pytest.MonkeyPatch
NOTHING = frozenset[str]()
PROPERTIES = {f"P{number}" for number in range(1, 16)} - {"P12"}
"""P12 comes with erasure, P16 with a database as a hub."""


class Rig:
    """Homes and desks to try a mutant on, made when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._closing: list[Any] = []

    def two(self) -> tuple[Home, Home]:
        (self.folder / "share").mkdir()
        team = self.folder / "share" / "north.tavle"
        pair = Home(self.folder / "mette", team, 1).found(), Home(self.folder / "ole", team, 2).join()
        self._closing += [home.db for home in pair]
        return pair

    def desk(self, person: str = "Mette Holm") -> Any:
        self._closing.append(desk := make_desk(self.folder, person))
        return desk

    def close(self) -> None:
        for one in self._closing:
            one.close()


@pytest.fixture
def rig() -> Iterator[Rig]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        made_ = Rig(Path(folder))
        yield made_
        made_.close()


@dataclass(frozen=True)
class Mutant:
    """``law`` is broken by ``strike``; ``check`` is what has to fail."""

    law: str
    what: str
    strike: Callable[[Patch], None]
    check: Callable[[Rig], None]


def tried(law: Any, plain: bool = False) -> Callable[[Rig], None]:
    """The law on a hundred histories that are the same in every run."""

    def on_many(_rig: Rig) -> None:
        dice = random.Random(20261123)
        acts = (
            ["write", "write", "exchange"]
            if plain
            else ["write", "write", "write", "undo", "exchange", "export"]
        )
        for _number in range(100):
            kind = dice.choice(sorted(laws.BODIES))
            steps = [(dice.randrange(3), dice.choice(acts), dice.randrange(21)) for _step in range(12)]
            given = kind, laws.history(kind, steps)
            extra = (dice,) if law is laws.test_p3_p4_p5_order_repetition_and_grouping_change_nothing else ()
            law.hypothesis.inner_test(given, *extra)

    return on_many


def on_two(test: Callable[..., None], *more: Any) -> Callable[[Rig], None]:
    """A directed test of two homes."""
    return lambda rig: test(*rig.two(), *more)


def instead(target: Any, name: str, wrong: Any) -> Callable[[Patch], None]:
    """The function of that name is another."""
    return lambda patch: patch.setattr(target, name, wrong)


def live_as(order: Callable[[History, list[Change]], list[Change]]) -> Callable[[Patch], None]:
    """A history's changes are taken in another order, or others of them."""

    def strike(patch: Patch) -> None:
        real = History.__init__

        def wrong(self: History, changes: Iterable[Change], incomplete: frozenset[str] = frozenset()) -> None:
            arrived = list(changes)
            real(self, arrived, incomplete)
            self.live = order(self, arrived)

        patch.setattr(History, "__init__", wrong)

    return strike


def by_arrival(found: History, arrived: list[Change]) -> list[Change]:
    alive = {one.id for one in found.live}
    return list({one.id: found.by_id[one.id] for one in arrived if one.id in alive}.values())


def repeated(found: History, arrived: list[Change]) -> list[Change]:
    alive = {one.id for one in found.live}
    return sorted((one for one in arrived if one.id in alive), key=lambda one: one.key)


def ties_in_either_order(_rig: Rig) -> None:
    pair = [made(name, {"person": name}, ms=5, kind="shifts") for name in ("Jonas", "Sara")]
    shifts = KINDS["shifts"]
    assert told(merge.fold(shifts, pair)) == told(merge.fold(shifts, pair[::-1]))


def parts_come_apart(rig: Rig) -> None:
    """Of a group, one part comes in one pull and the other in the next."""
    mette, ole = rig.two()
    parts = mette.decide_all([(mette.new_id(), "customers", {"name": name}) for name in ("A", "B")])
    folder = mette.team.with_name("north.tavle.d")
    folder.mkdir()
    for number, part in enumerate(parts):
        assert ole.tables()["customers"] == []
        (folder / f"{number}.jsonl").write_bytes(part.raw + b"\n")
        ole.sync()
    assert ole.tables() == mette.tables()


def signatures_end_by_name(_rig: Rig) -> None:
    signs = [made(name, {"signs": {"text": "a"}}, ms=1, kind="rows") for name in ("one", "two")]
    back = made("back", {"unsigns": [signs[0].id]}, ms=9, kind="rows")
    folded = merge.fold(KINDS["rows"], [*signs, back])
    assert folded is not None
    assert [one.id for one in projection.standing_signatures(folded)] == [signs[1].id]


def torn_then_written_on(rig: Rig) -> None:
    test_crashes.torn_writes(*rig.two(), 331, 0)


def half_here(test: Callable[..., None], *more: Any) -> Callable[[Rig], None]:
    """A test of two homes that wants a folder too."""
    return lambda rig: test(rig.folder, *rig.two(), *more)


def no_fence(patch: Patch) -> None:
    patch.setattr(writing, "read_span", lambda *args: b"\n" if args[-1] == 1 else files_span(*args))


def files_span(files: Files, handle: int, offset: int, count: int) -> bytes:
    return files.read(handle, offset, count)


def no_read_back(patch: Patch) -> None:
    real = writing._read_back
    patch.setattr(
        writing,
        "_read_back",
        lambda files, target, path, start, _data: real(files, target, path, start, None),
    )


def rests_on_a_bad_line(patch: Patch) -> None:
    real = reading._Reader._set_aside

    def wrong(self: Any, line: Line, why: str) -> None:
        real(self, line, why)
        self._part.offset, self._part.dirty, self._last = line.end, False, line.raw

    patch.setattr(reading._Reader, "_set_aside", wrong)


def zeros_are_nothing(patch: Patch) -> None:
    patch.setattr(reading, "_is_hole", lambda _line: False)


def any_checksum(patch: Patch) -> None:
    """Whatever a line says, it is made to fit."""

    def wrong(raw: bytes) -> Change:
        try:
            return decode(raw)
        except BadLine:
            try:
                line = msgspec.json.decode(raw, type=dict[str, Any])
                head = msgspec.convert(line["h"], type=Header)
            except msgspec.MsgspecError as error:
                raise BadLine from error
            return Change(head, line["b"], digest(raw), raw)

    patch.setattr(reading, "decode", wrong)


def gone_is_deleted(patch: Patch) -> None:

    def wrong(conn: Any, paths: list[str]) -> None:
        drop_sources(conn, paths)
        conn.exec_driver_sql("DELETE FROM outbox")
        conn.exec_driver_sql("DELETE FROM log")

    patch.setattr(pull, "drop_sources", wrong)


def sealed_anew(patch: Patch) -> None:
    def wrong(raw: bytes) -> Change:
        found = decode(raw)
        return seal(found.header, found.body)

    patch.setattr(reading, "decode", wrong)


def newer_is_refused(patch: Patch) -> None:
    def wrong(raw: bytes) -> Change:
        found = decode(raw)
        if not found.readable:
            raise BadLine("of a newer program")
        return found

    patch.setattr(reading, "decode", wrong)


def acks_are_news(patch: Patch) -> None:
    patch.setattr(acks, "has_news", lambda conn, own: any(lane != own for lane in tops(conn)))


def latest_read_export_wins(patch: Patch) -> None:
    real = merge._merge_imports
    patch.setattr(merge, "_merge_imports", lambda register, imports: real(register, imports[::-1]))


def exports_beat_people(patch: Patch) -> None:
    def wrong(register: Any, _merged: Any, imports: list[Change], _history: History) -> Any:
        return merge._merge_imports(register, imports)

    patch.setattr(merge, "_against_export", wrong)


def one_touches_itself_only(patch: Patch) -> None:
    patch.setattr(pull, "touched_by", lambda _conn, changes: {one.header.on for one in changes})


def clocks_as_the_wall_has_it(patch: Patch) -> None:
    from app.store import door

    patch.setattr(door, "tick", lambda wall, _bases, _last="": f"{(wall << 16) + 1:016x}")


def the_outbox_is_all(patch: Patch) -> None:
    """What is not in the outbox is taken to be in the team file."""
    patch.setattr(publish, "_batches", lambda _exchange, _lacking: iter(()))


def copies_count(patch: Patch) -> None:
    """What is held under whatever name counts as held by the team file."""

    def wrong(conn: Any, **_which: bool) -> Covers:
        held = all_covers(conn)
        held.update(all_covers(conn, copies=True))
        return held

    patch.setattr(healing, "all_covers", wrong)


def undo_sees_nothing_on_top(patch: Patch) -> None:
    patch.setattr(undoing, "decided_on_top", lambda *_what: False)


def voids_whatever_it_names(
    ordered: Sequence[Change], _incomplete: frozenset[str] = NOTHING
) -> frozenset[str]:
    return frozenset(
        one for change in ordered if change.header.do == "undo" for one in histories.voids_of(change)
    )


SHUFFLED = tried(laws.test_p3_p4_p5_order_repetition_and_grouping_change_nothing)
MUTANTS = [
    Mutant("P1", "no fence behind a torn line", no_fence, torn_then_written_on),
    Mutant("P1", "no gap rescan", instead(survey, "_has_gap", lambda _known, _memory: False),
           on_two(test_drives.test_a_hole_filled_later_is_read_again, True)),
    Mutant("P1", "the offset rests on a bad line", rests_on_a_bad_line,
           on_two(test_drives.test_an_offset_rests_only_after_a_valid_change)),
    Mutant("P1", "zeros are nothing", zeros_are_nothing,
           on_two(test_drives.test_zeros_filled_later_behind_the_old_size_and_time, b"\x00", b"")),
    Mutant("P1", "any checksum will do", any_checksum, on_two(test_drives.test_one_byte_changed_is_written_again, 250)),
    Mutant("P1", "absence is deletion", gone_is_deleted, on_two(test_drives.test_the_own_lane_deleted, "lane")),
    Mutant("P2", "no read-back", no_read_back, on_two(test_pieces.test_what_reads_back_differently_is_not_written)),
    Mutant("P2", "a loss is not written again", instead(pull._Pull, "_lost", lambda _self, _conn, _paths: None),
           on_two(test_drives.test_the_own_file_truncated, 100)),
    Mutant("P2", "nothing is written", the_outbox_is_all, on_two(test_exchange.test_what_one_decides_the_other_has)),
    Mutant("P2", "others' loss is not healed", instead(engine, "heal", lambda _exchange: None),
           half_here(test_healing.test_the_founders_lane_is_healed_after_two_pulls)),
    Mutant("P2", "a drive's own copy is the team file's", copies_count,
           half_here(test_healing.test_what_only_a_copy_holds_is_healed_with_patience, ".syncthing.1-1.jsonl.tmp")),
    Mutant("P3", "the order of arrival counts", live_as(by_arrival), SHUFFLED),
    Mutant("P3", "ties by arrival", live_as(lambda found, arrived: sorted(
        by_arrival(found, arrived), key=lambda one: one.header.hlc)), ties_in_either_order),
    Mutant("P4", "repetitions count", live_as(repeated), SHUFFLED),
    Mutant("P5", "a group is folded before it is whole", instead(histories, "_whole", lambda _one, _incomplete: True),
           parts_come_apart),
    Mutant("P5", "a part folds its own record only", one_touches_itself_only, parts_come_apart),
    Mutant("P6", "who loses is forgotten", instead(merge._Decided, "_differing", lambda _self, _heads: ()),
           tried(laws.test_p6_every_value_stays_in_winner_conflicts_or_history)),
    Mutant("P7", "heads by clock only", instead(History, "named", lambda _self, _change: NOTHING),
           tried(laws.test_p7_who_saw_every_head_wins_whatever_the_clocks)),
    Mutant("P7", "the clock is not lifted over the bases", clocks_as_the_wall_has_it,
           on_two(test_newer.test_odd_clocks_spoil_nothing, 2099)),
    Mutant("P8", "the earliest wins", live_as(lambda found, _arrived: found.live[::-1]),
           tried(laws.test_p8_a_winner_is_a_causal_head)),
    Mutant("P9", "what hangs on others is not folded with them",
           instead(Clocks, "complaints_since", lambda _self, _conn, _before: set()),
           lambda rig: of_records.test_a_complaints_clocks_follow_its_customer_its_area_and_the_promises(rig.desk())),
    Mutant("P10", "no conflict is listed", instead(merge._Decided, "_differing", lambda _self, _heads: ()),
           tried(laws.test_p10_a_conflict_is_listed_exactly_when_concurrent_heads_differ, plain=True)),
    Mutant("P10", "agreement is a conflict", instead(merge, "_same", lambda _one, _other: False),
           tried(laws.test_p10_a_conflict_is_listed_exactly_when_concurrent_heads_differ, plain=True)),
    Mutant("P11", "any unsign ends every signature", instead(
        projection, "standing_signatures", lambda found: [] if "unsigns" in found.entries else found.entries["signs"]
    ), signatures_end_by_name),
    Mutant("P11", "an unsign ends nothing", instead(projection, "_ids", lambda _value: []), signatures_end_by_name),
    Mutant("P13", "the export read last wins", latest_read_export_wins,
           lambda _rig: cases.test_an_older_export_never_beats_a_newer_one()),
    Mutant("P13", "exports beat people", exports_beat_people,
           lambda _rig: cases.test_an_exported_value_that_has_changed_since_is_a_listed_conflict()),
    Mutant("P14", "an ack answers an ack", acks_are_news, on_two(test_exchange.test_days_at_rest_write_nothing_either)),
    Mutant("P15", "a line is sealed anew", sealed_anew,
           on_two(test_newer.test_what_a_newer_program_wrote_is_kept_and_passed_on_byte_for_byte, "member")),
    Mutant("P15", "what is newer is refused", newer_is_refused,
           on_two(test_newer.test_what_a_newer_program_wrote_is_kept_and_passed_on_byte_for_byte, "feature")),
    Mutant("P6", "an undo does not see later heads", undo_sees_nothing_on_top,
           lambda rig: test_undo.test_not_when_someone_has_decided_on_top(rig.desk(), rig.desk("Ole Dam"))),
    Mutant("P8", "an undo voids what is later than itself", instead(histories, "voided", voids_whatever_it_names),
           lambda _rig: cases.test_an_undo_voids_nothing_that_is_later_than_itself()),
]  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.law} {one.what}")
def test_a_mutant_dies(mutant: Mutant, rig: Rig, monkeypatch: Patch) -> None:
    mutant.strike(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        mutant.check(rig)


def test_every_law_has_its_mutant() -> None:
    assert {one.law for one in MUTANTS} == PROPERTIES


OWN = (SHUFFLED, ties_in_either_order, parts_come_apart, signatures_end_by_name, torn_then_written_on)


@pytest.mark.parametrize("check", OWN)
def test_what_is_checked_only_here_holds_of_the_program_as_it_is(
    check: Callable[[Rig], None], rig: Rig
) -> None:
    check(rig)


@pytest.mark.soak
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.law} {one.what}")
def test_it_is_the_mutant_that_dies(mutant: Mutant, rig: Rig) -> None:
    mutant.check(rig)
