"""Homes that share a team file in a folder, for tests: real databases, real files, a clock that can be turned."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.domain.change import Change, decode
from app.domain.ids import derived_id, random_id
from app.store import local, log
from app.store.database import Database
from app.store.door import Write, Writer
from app.store.folding import folded_tables, rebuild, refresh
from app.sync.engine import sync
from app.sync.files import Files
from app.sync.layout import TeamPaths
from app.sync.report import SyncReport
from app.sync.teams import create_team, join_team

MORNING = datetime(2026, 11, 23, 5, 40, tzinfo=UTC)


class Home:
    """One installation: its database, its person, its clock."""

    def __init__(self, folder: Path, team: Path, seed: int, files: Files | None = None) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.team = team
        self.files = files or Files()
        self.now = MORNING
        self.person = random_id(self.random.randbytes)
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / "tavle.db").write_bytes(empty_database())
        self.db = Database(folder / "tavle.db")

    def found(self) -> Home:
        create_team(self.db, self.team, "North", "DK", self.clock, entropy=self.random.randbytes)
        return self

    def join(self) -> Home:
        join_team(self.db, self.team, entropy=self.random.randbytes)
        return self

    def clock(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def reopen(self) -> None:
        self.db.close()
        self.db = Database(self.folder / "tavle.db")

    def decide(self, record: str = "", kind: str = "customers", **body: Any) -> Change:
        """One decision on a record (a new one unless named), seeing what is here."""
        return self.decide_all([(record or self.new_id(), kind, body or {"name": self.new_id()[:8]})])[0]

    def decide_all(self, writes: Iterable[tuple[str, str, dict[str, Any]]]) -> list[Change]:
        self.now += timedelta(milliseconds=1)
        with self.db.write() as conn:
            writer = Writer(conn, self.person, self.now, self.random.randbytes)
            return writer.write(
                "customer.change", [Write(kind, record, body) for record, kind, body in writes]
            )

    def read_export(self, record: str, as_of: datetime, **body: Any) -> Change:
        """What an office's export said of a record: the change is the same whoever reads it."""
        id_ = derived_id(record, as_of.isoformat(), repr(body))
        with self.db.write() as conn:
            writer = Writer(conn, self.person, self.now, self.random.randbytes)
            return writer.write("import", [Write("customers", record, body, base=(), id=id_, as_of=as_of)])[0]

    def undo_last(self, record: str) -> Change | None:
        """Takes back the latest decision on a record that is here, whoever made it."""
        with self.db.read() as conn:
            found = [one for one in log.changes_of(conn, record) if one.header.do != "undo"]
        if not found:
            return None
        self.now += timedelta(milliseconds=1)
        with self.db.write() as conn:
            writer = Writer(conn, self.person, self.now, self.random.randbytes)
            voids = {"voids": [found[-1].id]}
            return writer.write("undo", [Write("customers", record, voids, base=(found[-1].id,))])[0]

    def decide_many(self, count: int) -> list[Change]:
        """As many decisions, each for itself, in one transaction."""
        with self.db.write() as conn:
            writer = Writer(conn, self.person, self.now, self.random.randbytes)
            made = []
            for number in range(count):
                made += writer.write(
                    "customer.add", [Write("customers", self.new_id(), {"name": f"Site {number}"})]
                )
            return made

    def new_id(self) -> str:
        return random_id(self.random.randbytes)

    def sync(self, **options: Any) -> SyncReport:
        return sync(self.db, self.team, self.clock, files=self.files, by=self.person, **options)

    @property
    def lane(self) -> str:
        with self.db.read() as conn:
            member = local.membership(conn)
        assert member is not None
        return member.lane

    def hashes(self, acks: bool = False) -> set[str]:
        """The header hashes of every change that is here."""
        with self.db.read() as conn:
            kind = "" if acks else " WHERE kind != 'lane'"
            return {row[0] for row in conn.exec_driver_sql(f"SELECT hash FROM log{kind}")}

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is folded."""
        with self.db.read() as conn:
            return tables_of(conn)

    def tables_rebuilt(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.db.write() as conn:
            rebuild(conn)
            return tables_of(conn)

    def waiting(self) -> int:
        with self.db.read() as conn:
            return log.outbox_count(conn)

    def segments(self) -> list[Path]:
        return sorted(self.lane_folder.glob("*.jsonl"))

    @property
    def lane_folder(self) -> Path:
        return TeamPaths(self.team).folder / "lanes" / self.lane


@lru_cache(maxsize=1)
def empty_database() -> bytes:
    """A new database's bytes: making one takes longer than all else in most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tavle.db"
        database = Database(path)
        with database.write() as conn:
            refresh(conn)
        database.close()
        return path.read_bytes()


def tables_of(conn: Any) -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    for name in folded_tables():
        rows = conn.exec_driver_sql(f'SELECT * FROM "{name}"')
        found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def team_bytes(team: Path) -> dict[str, bytes]:
    """Every file of a team file with its bytes."""
    folder = TeamPaths(team).folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*files]} | {
        "": team.read_bytes()
    }


def lines_of(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line]


def ids_in(folder: Path) -> list[str]:
    """The ids of every valid change in every lane of a team file, as often as they stand there."""
    found = []
    for path in sorted(path for path in folder.rglob("*.jsonl") if not path.name.startswith(".tmp-")):
        for line in lines_of(path):
            try:
                found.append(decode(line).id)
            except ValueError:
                continue
    return found


def rounds(homes: Iterable[Home], count: int = 3) -> None:
    homes = list(homes)
    for _round in range(count):
        for home in homes:
            home.sync()


def assert_agree(homes: Iterable[Home]) -> None:
    """Equal sets and equal states (P1), and folding anew changes nothing (P9)."""
    first, *others = homes
    for other in others:
        assert other.hashes() == first.hashes()
        assert other.tables() == first.tables()
    assert first.tables_rebuilt() == first.tables()
