"""The local database: one SQLite file on a local disk, one writer at a time, readable by its owner alone.

``synchronous=FULL`` in WAL mode: what is committed survives a power cut. Readers never wait for the writer.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, InterfaceError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from app.store.schema import LOG_VERSION, Base
from app.text import _

BUSY_SECONDS = 5
_LEAST_BYTES = 64 * 1024
_USUAL = ("synchronous = FULL", "cache_size = -2000", "temp_store = MEMORY", "wal_autocheckpoint = 1000")
_LOADING = (
    "synchronous = NORMAL",
    "cache_size = -32000",
    "temp_store = FILE",
    "wal_autocheckpoint = 16000",
    "threads = 2",
)
_TUNED = "tuned"


class DatabaseUnavailable(Exception):
    """The local database cannot be used now: locked, damaged, the disk full, or written by a newer Tavle."""


class DiskFull(DatabaseUnavailable):
    """There is no room on this computer's disk; nothing was half-saved."""

    def __init__(self) -> None:
        super().__init__(_("the disk is full: nothing was saved"))


class Database:
    """The open database of one home. Use ``read()`` and ``write()``; both give a connection."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._writer = threading.RLock()
        self._idle: list[Connection] = []
        _make_private(path)
        self._engine = _engine(path, busy_seconds)
        try:
            with clear_errors(path), self._engine.connect() as conn:
                self._prepare(conn)
        except BaseException:
            self.close()
            raise

    def _prepare(self, conn: Connection) -> None:
        version = conn.execute(text("PRAGMA user_version")).scalar_one()
        if version > LOG_VERSION:
            raise DatabaseUnavailable(_("the local database was written by a newer Tavle: update this one"))
        if version == LOG_VERSION:
            return
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        Base.metadata.create_all(conn)
        conn.exec_driver_sql(f"PRAGMA user_version = {LOG_VERSION}")
        conn.commit()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One short transaction: all of it is committed, or nothing. DatabaseUnavailable when it cannot be."""
        with self._writer, self._transaction("BEGIN IMMEDIATE", _USUAL) as conn:
            yield conn
            _finish(conn, conn.commit, conn.connection.commit)

    @contextmanager
    def load(self) -> Iterator[Connection]:
        """As write(), for much that can be read again: a power cut may take back the last of these, each whole.

        The cache is larger, and stays so until the next write(); what must be sorted goes to the disk.
        """
        with self._writer, self._transaction("BEGIN IMMEDIATE", _LOADING) as conn:
            yield conn
            _finish(conn, conn.commit, conn.connection.commit)

    def read(self) -> AbstractContextManager[Connection]:
        """A consistent view of the database, never waiting for the writer."""
        return self._transaction("BEGIN")

    @contextmanager
    def _transaction(self, begin: str, pragmas: tuple[str, ...] | None = None) -> Iterator[Connection]:
        """A transaction in a connection that nobody uses, the latest one first: what that knows is the freshest.

        Whoever opens it commits; what is not committed is taken back. A connection in which something went wrong is
        not used again.
        """
        with clear_errors(self.path):
            try:
                conn = self._idle.pop()
            except IndexError:
                conn = self._engine.connect()
            try:
                if pragmas is not None:
                    _tune(conn, pragmas)
                conn.connection.cursor().execute(begin)
                try:
                    yield conn
                finally:
                    _finish(conn, conn.rollback, conn.connection.rollback)
            except BaseException:
                conn.close()
                raise
            self._idle.append(conn)

    def close(self) -> None:
        """Gives the file back."""
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


def _finish(conn: Connection, ours: Callable[[], None], drivers: Callable[[], None]) -> None:
    """Ends a transaction through SQLAlchemy where it took part in it, else at the driver."""
    (ours if conn.in_transaction() else drivers)()


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise DatabaseUnavailable(
            _("the local database %(path)s cannot be opened: %(why)s") % {"path": path, "why": error.strerror}
        ) from error


def _tune(conn: Connection, pragmas: tuple[str, ...]) -> None:
    """Sets a connection up for the usual work or for loading, where it is not so yet."""
    if conn.info.get(_TUNED) != pragmas:
        for pragma in pragmas:
            conn.exec_driver_sql(f"PRAGMA {pragma}")
        conn.info[_TUNED] = pragmas


def _engine(path: Path, busy_seconds: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: SQLiteConnection, record: ConnectionPoolEntry) -> None:
        # SQLAlchemy's transactions are begun by hand above: IMMEDIATE for writers
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", *_USUAL):
            connection.execute(f"PRAGMA {pragma}")
        record.info[_TUNED] = _USUAL

    return engine


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """DatabaseUnavailable, with its reason in words, for what SQLite says."""
    try:
        yield
    except (ProgrammingError, InterfaceError):
        raise
    except DatabaseError as error:
        raise _unavailable(path, str(error.orig)) from error
    except SQLiteError as error:
        raise _unavailable(path, str(error)) from error


def _unavailable(path: Path, why: str) -> DatabaseUnavailable:
    if "locked" in why or "busy" in why:
        return DatabaseUnavailable(_("the local database is in use by another program: try again"))
    if "full" in why or ("I/O" in why and _is_full(path)):
        return DiskFull()
    what = _("the local database %(path)s cannot be used: %(why)s") % {"path": path, "why": why}
    return DatabaseUnavailable(what)


def _is_full(path: Path) -> bool:
    """True where not even the pages fit that SQLite shares with others who have the file open: it says no more then."""
    import shutil  # takes longer than all else here, and is hardly ever asked

    try:
        return shutil.disk_usage(path.parent).free < _LEAST_BYTES
    except OSError:
        return False
