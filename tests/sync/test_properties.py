"""Three homes, a folder and everything that happens to it, in any order: P1–P5, P9, P11, P13 and P14 of the team file.

After the faults stop, three rounds give equal sets and equal states, and then nobody writes a byte.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.domain.kinds import KINDS
from app.domain.merge import fold
from app.domain.projection import standing_signatures
from app.store.log import changes_of
from app.sync.layout import TeamPaths
from tests.sync.faulty import DRIVE_ERRORS, Faulty, syncs_to_the_end
from tests.sync.team import MORNING, Home, assert_agree, rounds, team_bytes

HOMES = st.integers(0, 2)
NAMES = st.sampled_from(["Havnen", "Solgaarden", "Klinik Nord", "[/b] \x1b[31m"])


class Team(RuleBasedStateMachine):
    """P1–P5, P9, P11, P13, P14: three homes that decide on few records, so that they often collide."""

    @initialize()
    def found(self) -> None:
        self.folder = Path(mkdtemp())
        (self.folder / "share").mkdir()
        team = self.folder / "share" / "north.tavle"
        self.homes = [Home(self.folder / f"home{number}", team, number) for number in range(3)]
        self.homes[0].found()
        for home in self.homes[1:]:
            home.join()
        self.records = [self.homes[0].new_id() for _number in range(3)]
        self.absence, self.row, self.imported = (self.homes[0].new_id() for _number in range(3))
        self.made: set[str] = set()
        self.signed: set[str] = set()
        self.ended: set[str] = set()
        self.exports: set[int] = set()

    @rule(home=HOMES, record=HOMES, name=NAMES)
    def decide(self, home: int, record: int, name: str) -> None:
        self.made.add(self.homes[home].decide(self.records[record], name=name).hash)

    @rule(home=HOMES, status=st.sampled_from(["approved", "withdrawn", "ended"]))
    def settle(self, home: int, status: str) -> None:
        self.made.add(self.homes[home].decide(self.absence, "absences", status=status).hash)

    @rule(home=HOMES, records=st.permutations([0, 1, 2]))
    def decide_together(self, home: int, records: list[int]) -> None:
        writes = [(self.records[number], "customers", {"address": "Kajen 1"}) for number in records]
        self.made |= {one.hash for one in self.homes[home].decide_all(writes)}

    @rule(home=HOMES)
    def sign(self, home: int) -> None:
        change = self.homes[home].decide(self.row, "rows", signs={"text": "a"})
        self.made.add(change.hash)
        self.signed.add(change.id)

    @rule(home=HOMES)
    def take_a_signature_back(self, home: int) -> None:
        seen = self.signatures(self.homes[home])
        if seen:
            self.made.add(self.homes[home].decide(self.row, "rows", unsigns=seen[-1:], reason="early").hash)
            self.ended.update(seen[-1:])

    @rule(home=HOMES, hour=st.integers(0, 5))
    def read_an_export(self, home: int, hour: int) -> None:
        """Two who read the same export make the same change, each in a lane of their own."""
        self.made.add(
            self.homes[home].read_export(self.imported, MORNING - timedelta(hours=hour), name=f"{hour}").hash
        )
        self.exports.add(hour)

    @rule(home=HOMES, record=HOMES)
    def undo(self, home: int, record: int) -> None:
        if (change := self.homes[home].undo_last(self.records[record])) is not None:
            self.made.add(change.hash)

    def signatures(self, home: Home) -> list[str]:
        with home.db.read() as conn:
            folded = fold(KINDS["rows"], changes_of(conn, self.row)) if changes_of(conn, self.row) else None
        return [one.id for one in standing_signatures(folded)] if folded else []

    @rule(home=HOMES, days=st.sampled_from([0.0, 0.01, 1.5, -400.0, 3650.0]))
    def sync(self, home: int, days: float) -> None:
        self.homes[home].wait(days=days)
        self.homes[home].sync()
        self.homes[home].wait(days=-days)

    @rule(home=HOMES, at=st.integers(0, 60), error=st.sampled_from([0, *DRIVE_ERRORS]))
    def sync_with_a_fault(self, home: int, at: int, error: int) -> None:
        syncs_to_the_end(self.homes[home], Faulty(at, error=error))

    @rule(home=HOMES, byte=st.integers(0, 1200))
    def sync_with_a_torn_write(self, home: int, byte: int) -> None:
        syncs_to_the_end(self.homes[home], Faulty(byte=byte))

    @precondition(lambda self: self.files())
    @rule(data=st.data(), cut=st.integers(0, 2000))
    def truncate(self, data: st.DataObject, cut: int) -> None:
        self.rewrite(data, lambda text: text[:cut])

    @precondition(lambda self: self.files())
    @rule(data=st.data(), at=st.integers(0, 2000), length=st.integers(1, 600))
    def hole(self, data: st.DataObject, at: int, length: int) -> None:
        self.rewrite(
            data, lambda text: text[:at] + b"\x00" * len(text[at : at + length]) + text[at + length :]
        )

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def shuffle_and_repeat(self, data: st.DataObject) -> None:
        self.rewrite(
            data, lambda text: b"\r\n".join([b"\xef\xbb\xbf", *text.split(b"\n")[::-1], *text.split(b"\n")])
        )

    @precondition(lambda self: self.files())
    @rule(data=st.data(), suffix=st.sampled_from([" (1)", ".sync-conflict-20261123", "-LAPTOP"]))
    def conflict_copy(self, data: st.DataObject, suffix: str) -> None:
        path = data.draw(st.sampled_from(self.files()))
        shutil.copy2(path, path.with_name(f"{path.stem}{suffix}{path.suffix}"))

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.files())).unlink()

    def files(self) -> list[Path]:
        found = TeamPaths(self.homes[0].team).folder.rglob("*")
        return sorted(path for path in found if path.is_file() and not path.name.startswith(".tmp-"))

    def rewrite(self, data: st.DataObject, change: Callable[[bytes], bytes]) -> None:
        path = data.draw(st.sampled_from(self.files()))
        if path.suffix == ".gz":
            return
        later = path.stat().st_mtime_ns + 1_000_000
        path.write_bytes(change(path.read_bytes()))
        os.utime(path, ns=(later, later))

    def teardown(self) -> None:
        if not hasattr(self, "homes"):
            return
        for home in self.homes:
            home.wait(days=40)
        rounds(self.homes)
        assert self.made <= self.homes[0].hashes()
        assert_agree(self.homes)
        self.check_signatures_and_exports()
        before = team_bytes(self.homes[0].team)
        rounds(self.homes, 1)
        assert team_bytes(self.homes[0].team) == before
        for home in self.homes:
            home.db.close()
        shutil.rmtree(self.folder)

    def check_signatures_and_exports(self) -> None:
        """P11: a signature ends only if it was named. P13: one change an export, and the newest counts."""
        home = self.homes[0]
        assert set(self.signatures(home)) == self.signed - self.ended
        with home.db.read() as conn:
            found = {one.id for one in changes_of(conn, self.imported)}
            names = conn.exec_driver_sql("SELECT name FROM customers WHERE id = ?", (self.imported,)).all()
        assert len(found) == len(self.exports)
        assert [row[0] for row in names] == [str(hour) for hour in sorted(self.exports)[:1]]


Team.TestCase.settings = settings(
    max_examples=max(settings().max_examples // 4, 10),
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
TestTeam = Team.TestCase
