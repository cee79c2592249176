"""The local database: private, atomic, and one clear line where it cannot be used (exit code 3)."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.database import Database, DatabaseUnavailable
from app.store.schema import LOG_VERSION


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "home" / "tavle.sqlite3", busy_seconds=0.05)
    yield opened
    opened.close()


def put(database: Database, *keys: str, size: int = 0, limit: int | None = None) -> None:
    with database.write() as conn:
        if limit is not None:
            conn.exec_driver_sql(f"PRAGMA max_page_count = {limit}")
        for key in keys:
            conn.exec_driver_sql("INSERT INTO local (key, value) VALUES (?, ?)", (key, "x" * size))


def keys(database: Database) -> list[str]:
    with database.read() as conn:
        return [row[0] for row in conn.exec_driver_sql("SELECT key FROM local ORDER BY key")]


def refusal(path: Path) -> str:
    """The one line that opening the file ends in."""
    with pytest.raises(DatabaseUnavailable) as caught:
        Database(path, busy_seconds=0.05)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_file_is_readable_by_its_owner_alone(database: Database) -> None:
    put(database, "a")
    files = sorted(database.path.parent.iterdir())
    assert [one.name for one in files] == ["tavle.sqlite3", "tavle.sqlite3-shm", "tavle.sqlite3-wal"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert stat.S_IMODE(database.path.parent.stat().st_mode) == 0o700


def test_a_database_that_anyone_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "tavle.sqlite3"
    Database(path).close()
    path.chmod(0o644)
    Database(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_committed_is_there_after_opening_again(database: Database) -> None:
    put(database, "a")
    again = Database(database.path)
    assert keys(again) == ["a"]
    again.close()


def test_all_of_a_transaction_or_nothing(database: Database) -> None:
    put(database, "a")
    with pytest.raises(DatabaseUnavailable, match="UNIQUE"):
        put(database, "b", "a")
    assert keys(database) == ["a"]


def test_a_reader_sees_one_moment_and_never_waits(database: Database) -> None:
    put(database, "a")
    with database.read() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM local").scalar_one() == 1
        put(database, "b")
        assert reader.exec_driver_sql("SELECT count(*) FROM local").scalar_one() == 1
    assert keys(database) == ["a", "b"]


def test_reading_writes_nothing(database: Database) -> None:
    with database.read() as conn:
        conn.exec_driver_sql("INSERT INTO local (key, value) VALUES ('c', '')")
    assert keys(database) == []


def test_commits_survive_a_power_cut(database: Database) -> None:
    with database.read() as conn:
        settings = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("synchronous", "journal_mode")
        ]
        assert settings == [2, "wal"]
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_locked_by_another_program(database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="in use by another program"):
        put(database, "a")
    other.execute("ROLLBACK")
    other.close()
    put(database, "a")


def test_held_exclusively_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "tavle.sqlite3"
    Database(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("CREATE TABLE x (y)")
    assert "in use by another program" in refusal(path)
    other.close()
    Database(path).close()


def test_the_disk_is_full(database: Database) -> None:
    """Fault 24: refused, and nothing half-saved."""
    with pytest.raises(DatabaseUnavailable, match="disk is full"):
        put(database, "a", "b", size=1_000_000, limit=1)
    assert keys(database) == []


@pytest.mark.parametrize("content", [b"hello" * 1000, b"SQLite format 3\x00" + b"\xaa" * 8192])
def test_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tavle.sqlite3"
    path.write_bytes(content)
    assert str(path) in refusal(path)
    assert path.read_bytes() == content, "it is left as it was"


@pytest.mark.parametrize("left", [5000, 20_000])
def test_a_damaged_database(tmp_path: Path, left: int) -> None:
    path = tmp_path / "tavle.sqlite3"
    Database(path).close()
    path.write_bytes(path.read_bytes()[:left] + b"\xaa" * 500)
    assert "malformed" in refusal(path)


def test_a_folder_or_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    assert "cannot be opened" in refusal(tmp_path / "folder")
    assert "cannot be opened" in refusal(tmp_path / "file" / "tavle.sqlite3")


def test_a_newer_tavle_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "tavle.sqlite3"
    Database(path).close()
    with sqlite3.connect(path) as conn:
        conn.execute(f"PRAGMA user_version = {LOG_VERSION + 1}")
    conn.close()
    assert "newer Tavle" in refusal(path)


@pytest.mark.parametrize("name", ["what?", "100%41", "a#b", "søster", " "])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    database = Database(tmp_path / name / "tavle.sqlite3")
    put(database, "a")
    database.close()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert [one.name for one in (tmp_path / name).iterdir()] == ["tavle.sqlite3"]
