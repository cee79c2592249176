"""Fault 45: a first sync logs first and folds after. What comes of it is the same, wherever it was ended in between."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.demo import write_demo
from app.store import loading as store_loading
from app.store.database import Database
from app.sync import exchange, loading, pull
from app.sync.files import Files
from app.sync.report import Progress
from tests.sync.team import Home

CHANGES = 3_000


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("share") / "north.tavle"
    write_demo(path, changes=CHANGES)
    return path


@pytest.fixture(scope="module")
def folded_as_read(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a home holds that folded every change as it came."""
    home = reader(tmp_path_factory.mktemp("homes") / "as-read", demo)
    assert home.sync().pulled == CHANGES
    return dump(home)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MUCH", 1)
    monkeypatch.setattr(loading, "_MANY", 500)
    monkeypatch.setattr(exchange.Pace, "of", lambda _alone: exchange.Pace(250, 60.0, 250, 250))


def copied(team: Path, folder: Path) -> Path:
    """A team file of its own, for a test that writes to it."""
    shutil.copytree(f"{team}.d", folder / f"{team.name}.d")
    return Path(shutil.copy(team, folder))


def reader(folder: Path, team: Path) -> Home:
    """A home without a person: it acknowledges nothing, so the team file stays as it is."""
    home = Home(folder, team, 1)
    home.person = ""
    return home


def dump(home: Home) -> list[str]:
    """All that a home holds as SQL, save what is its own: its lane, when it looked, the order of arrival."""
    own = ("local", "sources", "last_seen")
    with home.db.read() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
        for table in sorted(set(tables) - set(own)):
            rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()
            found += sorted(f"{table} {row}" for row in rows)
    return sorted(found)


def is_put_off(home: Home) -> bool:
    with home.db.read() as conn:
        return bool(store_loading.unfolded(conn))


def test_a_first_load_gives_the_same_tables_byte_for_byte(
    tmp_path: Path, demo: Path, folded_as_read: list[str]
) -> None:
    home = reader(tmp_path / "home", demo)
    shown: list[Progress] = []
    report = home.sync(alone=True, progress=shown.append)
    assert (report.pulled, report.complete) == (CHANGES, True)
    assert dump(home) == folded_as_read
    shares = [one.done / one.total for one in shown]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len({share for share in shares if share > 0.75}) > 2
    assert home.tables_rebuilt() == home.tables()


def test_it_goes_on_wherever_it_was_stopped(tmp_path: Path, demo: Path, folded_as_read: list[str]) -> None:
    """Fault 45."""
    home = reader(tmp_path / "home", demo)
    chance = random.Random(45)
    stops = 0
    while True:
        asked = count()
        last = chance.randrange(2, 6)
        report = home.sync(alone=True, should_stop=lambda asked=asked, last=last: next(asked) >= last)
        if report.complete:
            break
        assert report.stopped
        stops += 1
    assert stops > 4
    assert dump(home) == folded_as_read


def ends_before(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed in its so-manieth long transaction, before that is committed."""
    load: Callable[[Database], AbstractContextManager[Connection]] = Database.load
    steps = count(1)

    @contextmanager
    def killed(db: Database) -> Iterator[Connection]:
        with load(db) as conn:
            yield conn
            if next(steps) == number:
                raise Killed

    monkeypatch.setattr(Database, "load", killed)


@pytest.mark.parametrize("alone", [True, False])
def test_it_goes_on_wherever_it_was_killed(
    tmp_path: Path, demo: Path, folded_as_read: list[str], alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults 7, 45: alone again, or with a board that is open by then."""
    for number in range(1, 30, 5):
        home = reader(tmp_path / f"{number}", demo)
        with monkeypatch.context() as patch:
            ends_before(number, patch)
            try:
                home.sync(alone=True)
            except Killed:
                home.reopen()
        home.sync(alone=alone)
        assert dump(home) == folded_as_read
        assert not is_put_off(home)


def kill_again_and_again(folder: Path, team: Path, kills: int, seed: int) -> tuple[Home, int]:
    """A home whose first sync was killed so often while it was under way, and then ended; and how often in all."""
    chance = random.Random(seed)
    command = [sys.executable, "-m", "tests.sync.loader", str(folder), str(team)]
    killed = 0
    while killed < kills:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            try:
                assert process.wait(chance.uniform(0.0, 0.4)) == 0
                break
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
    home = reader(folder, team)
    home.sync(alone=True)
    return home, killed


def test_a_process_killed_on_its_way_is_followed_by_one_that_ends_it(
    tmp_path: Path, demo: Path, folded_as_read: list[str]
) -> None:
    """Fault 45, with ``kill -9``."""
    home, killed = kill_again_and_again(tmp_path / "home", demo, 3, 45)
    assert killed
    assert dump(home) == folded_as_read


@pytest.mark.soak
def test_hundreds_of_first_syncs_killed(tmp_path: Path, demo: Path, folded_as_read: list[str]) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"\nseed {seed}")
    total = 0
    for number in range(60):
        home, killed = kill_again_and_again(tmp_path / f"{number}", demo, 5, seed + number)
        assert dump(home) == folded_as_read
        total += killed
    assert total > 100


def test_what_is_decided_in_between_is_folded_too(tmp_path: Path, demo: Path) -> None:
    team = copied(demo, tmp_path)
    home, other = Home(tmp_path / "home", team, 4), Home(tmp_path / "other", team, 5)
    asked = count()
    home.sync(alone=True, should_stop=lambda: next(asked) >= 3)
    assert is_put_off(home)
    made = home.decide(name="Solgaarden")
    assert made.header.on[1] in str(home.tables()["customers"])
    assert home.sync(alone=True).complete
    assert other.sync().complete
    assert home.tables() == other.tables()


def test_much_that_comes_while_folding_was_stopped_is_folded_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_LINE", 0)
    monkeypatch.setattr(exchange.Pace, "of", lambda _alone: exchange.Pace(2, 60.0, 2, 2))
    mette, ida = (Home(tmp_path / name, tmp_path / "north.tavle", number) for number, name in enumerate("mi"))
    records = [mette.found().new_id(), *(mette.new_id() for _number in range(7))]

    def change_all(name: str) -> None:
        for record in records:
            mette.decide(record, name=name)
        mette.sync()

    change_all("First")
    change_all("Second")
    ida.sync(alone=True, should_stop=lambda: place(ida).startswith("first "))
    assert place(ida).startswith("first ")
    change_all("Third")
    assert ida.sync(alone=True).complete
    assert ida.tables() == mette.tables()


def place(home: Home) -> str:
    with home.db.read() as conn:
        return store_loading.unfolded(conn)


def test_what_was_read_is_folded_without_the_team_file_too(tmp_path: Path, demo: Path) -> None:
    home = reader(tmp_path / "home", demo)
    asked = count()
    home.sync(alone=True, should_stop=lambda: next(asked) >= 6)
    assert is_put_off(home)
    home.team = tmp_path / "nowhere" / "north.tavle"
    assert home.sync().offline
    assert not is_put_off(home)
    assert home.tables_rebuilt() == home.tables()


def test_a_home_with_much_in_it_folds_what_is_new_as_it_comes(tmp_path: Path, demo: Path) -> None:
    team = copied(demo, tmp_path)
    home = Home(tmp_path / "home", team, 7)
    home.sync(alone=True)
    other = Home(tmp_path / "other", team, 8)
    other.sync(alone=True)
    other.decide_many(20)
    other.sync()
    with home.db.read() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
    assert home.sync(alone=True).pulled == 20
    with home.db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM customers").scalar_one() == before + 20
        assert not store_loading.unfolded(conn)


class Told(Files):
    """Files that write down which are fetched and which are opened."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Path]] = []

    def fetch(self, path: Path) -> None:
        self.told.append(("fetch", path))

    def open_to_read(self, path: Path) -> int:
        if path.suffix == ".jsonl":
            self.told.append(("open", path))
        return super().open_to_read(path)


def test_the_next_file_is_fetched_while_one_is_read(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those that take a while; the first one nobody could fetch ahead."""
    monkeypatch.setattr(pull, "CHUNK", 10_000)
    files = Told()
    Home(tmp_path / "home", demo, 1, files).sync()
    opened = [path for what, path in files.told if what == "open"]
    large = [path for path in opened[1:] if path.stat().st_size > 10_000]
    assert [path for what, path in files.told if what == "fetch"] == large
    for path in large:
        at = files.told.index(("fetch", path))
        assert [what for what, _path in files.told[at + 1 : at + 2]] == ["open"], "another is read meanwhile"
        assert files.told[at + 1] != ("open", path)


def test_what_cannot_be_fetched_is_no_matter_yet(tmp_path: Path) -> None:
    Files().fetch(tmp_path / "nothing")
