"""The tables that are the truth on this computer: the log, the outbox, and what is known of lanes and files.

The log holds every change ever read or made, as its raw line. All other tables of records are folded from
it (app/store/tables/) and are never migrated: another FOLD_VERSION means folding anew.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LOG_VERSION = 2
"""Raised when one of the tables below changes its shape: they are migrated, never dropped."""


class Base(DeclarativeBase):
    """The mapping of every local table."""


class LocalRow(Base):
    """What this installation knows of itself: team, lane, id_key, team_name, country, home, fold."""

    __tablename__ = "local"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class LogRow(Base):
    """One change. ``pos`` is the order of arrival here and means nothing elsewhere."""

    __tablename__ = "log"

    pos: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    kind: Mapped[str]
    record: Mapped[str]
    hlc: Mapped[str]
    lane: Mapped[str]
    seq: Mapped[int]
    hash: Mapped[str]
    raw: Mapped[bytes]

    __table_args__ = (
        UniqueConstraint("lane", "seq", "hash"),
        Index("log_record", "record", "kind"),
        Index("log_id", "id"),
    )


class OutboxRow(Base):
    """An own change that has not been read back from the team file yet."""

    __tablename__ = "outbox"

    pos: Mapped[int] = mapped_column(ForeignKey("log.pos"), primary_key=True)


class LaneRow(Base):
    """A lane: the highest sequence number without a gap, who writes there, and when it was last heard of."""

    __tablename__ = "lanes"

    lane: Mapped[str] = mapped_column(primary_key=True)
    top: Mapped[int] = mapped_column(default=0)
    top_hash: Mapped[str] = mapped_column(default="")
    latest: Mapped[int] = mapped_column(default=0)
    hlc: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")
    heard_at: Mapped[str] = mapped_column(default="")
    seen: Mapped[str] = mapped_column(default="{}")


class PartRow(Base):
    """A part of a group that has arrived: a group is folded when all its parts are here."""

    __tablename__ = "parts"

    grp: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    parts: Mapped[int]
    kind: Mapped[str]
    record: Mapped[str] = mapped_column(primary_key=True)


class SourceRow(Base):
    """How far a file of the team file has been read, and what it holds (app/store/sources.py)."""

    __tablename__ = "sources"

    path: Mapped[str] = mapped_column(primary_key=True)
    offset: Mapped[int]
    fingerprint: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    covers: Mapped[str]
    dirty: Mapped[bool]
    looked_at: Mapped[str]


class QuarantineRow(Base):
    """A line that could not be read: where it stands, why, and its bytes."""

    __tablename__ = "quarantine"

    path: Mapped[str] = mapped_column(primary_key=True)
    offset: Mapped[int] = mapped_column(primary_key=True)
    why: Mapped[str]
    line: Mapped[bytes]
    at: Mapped[str]


class ForkRow(Base):
    """A change whose place in its lane was already taken by another: both are kept (a copied or restored home)."""

    __tablename__ = "forks"

    lane: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)


class MissedRow(Base):
    """Changes held here that no file of the team file held at the last pulls: they are written again in time."""

    __tablename__ = "missed"

    key: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    since: Mapped[str]
    pulls: Mapped[int]


class LastSeenRow(Base):
    """What Today showed last: the first frame is painted from it before anything else is loaded."""

    __tablename__ = "last_seen"

    id: Mapped[int] = mapped_column(primary_key=True)
    frame: Mapped[str]
    at: Mapped[str]


class RejectedRow(Base):
    """A row of an imported file that could not be taken: why, and the cells of the columns that the map names.

    It stays on this computer. Private columns are not in it (app/exchange/private_columns.py).
    """

    __tablename__ = "rejected"

    file: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    why: Mapped[str]
    cells: Mapped[str]
    at: Mapped[str]


class ExportedRow(Base):
    """A record that office exports speak of: their source, and the time of the newest that held it."""

    __tablename__ = "exported"

    record: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    kind: Mapped[str]
    as_of: Mapped[str]


class FeedStateRow(Base):
    """How this home last found a feed's file, and what reading it did (app/store/feeds.py). ``dropped`` is JSON."""

    __tablename__ = "feed_states"

    feed: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    why: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    as_of: Mapped[str]
    looked_at: Mapped[str]
    accepted: Mapped[int]
    rejected: Mapped[int]
    dropped: Mapped[str]
    referred_to: Mapped[int]


class FeedRecordRow(Base):
    """A record that a feed's file held, and the time of the newest of its exports that did."""

    __tablename__ = "feed_records"

    feed: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[str]
