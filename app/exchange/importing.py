"""Taking a file of the office in: read whole, then written in short transactions, rejected rows set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.column_map import Map, checked_as_of, kind_named, parse_map
from app.domain.fields import BadInput
from app.domain.kinds import Kind
from app.domain.plain import one_line
from app.exchange.intake import Intake
from app.exchange.proposing import as_toml, propose
from app.exchange.reading import Table, read_table
from app.exchange.references import References
from app.exchange.report import ImportReport
from app.exchange.rows import Around, RowReader, private_columns
from app.store import local
from app.store.rejected import forget
from app.store.view import StoreView
from app.text import _

T = TypeVar("T")
CHUNK = 500
"""Rows a transaction: a key pressed meanwhile never waits long, and an import that was killed is run again."""


class Door(Protocol):
    """What an import needs of the desk."""

    def within(self, work: Callable[[StoreView], T], /) -> T:
        """What ``work`` gives; all that it writes is committed, or nothing."""

    def ask(self, query: Callable[[StoreView], T], /) -> T:
        """What ``query`` answers."""


def import_file(
    door: Door,
    kind_name: str,
    path: Path,
    *,
    map_path: Path | None = None,
    sheet: str | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Imports a file of records of a kind; a dry run writes nothing.

    BadInput, one line, where the file or its map cannot be used: then nothing was changed.
    """
    kind = kind_named(kind_name)
    map_ = load_map(map_path, kind) if map_path else None
    table = read_table(path, sheet=sheet, wanted=map_.wanted if map_ else ())
    as_of = map_.as_of if map_ and map_.as_of else file_time(path)
    return import_table(door, kind, table, map_, as_of=as_of, file=one_line(path.name), dry_run=dry_run)


def load_map(path: Path, kind: Kind) -> Map:
    """The map in a file. BadInput, one line that names the file, for anything wrong in it."""
    text = map_text(path)
    try:
        return parse_map(text, kind)
    except BadInput as error:
        raise BadInput(_("%(file)s: %(why)s") % {"file": path.name, "why": error}) from error


def map_text(path: Path) -> str:
    """The text of a MAP.toml. BadInput, one line that names the file, where it is none."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        why = _("it cannot be read: %(why)s") % {"why": error.strerror or error}
    except UnicodeDecodeError:
        why = _("it is not UTF-8 text")
    raise BadInput(_("%(file)s: %(why)s") % {"file": path.name, "why": why})


def file_time(path: Path) -> datetime:
    """When a file was last written, to the second: an export's time where its map names none."""
    try:
        return checked_as_of(datetime.fromtimestamp(int(path.stat().st_mtime), UTC))
    except (OSError, OverflowError, ValueError) as error:
        raise BadInput(_("%(file)s has no usable time: give as_of in a map") % {"file": path.name}) from error


def import_table(
    door: Door,
    kind: Kind,
    table: Table,
    map_: Map | None,
    *,
    as_of: datetime,
    file: str,
    dry_run: bool = False,
    feed: str | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """As import_file, with the rows in hand. ``file`` is the name under which rejected rows are set aside.

    ``should_stop`` is asked between transactions; the report then tells of the rows until there.
    """
    intake = door.ask(partial(_begin, kind, table, map_, as_of, file))
    intake.feed = feed
    if dry_run:
        door.ask(lambda view: intake.take(view, table.rows, write=False))
    else:
        door.within(lambda view: forget(view.conn, file, kind.name, view.now))
        for start in range(0, len(table.rows), CHUNK):
            if should_stop():
                break
            rows = table.rows[start : start + CHUNK]
            door.within(partial(Intake.take, intake, rows=rows, write=True))
    proposed = None if map_ else as_toml(intake.map, table.header)
    return intake.tally.report(private_columns(table.header, kind.name), proposed)


def _begin(kind: Kind, table: Table, map_: Map | None, as_of: datetime, file: str, view: StoreView) -> Intake:
    member = local.membership(view.conn)
    if member is None:
        raise BadInput(_("this home has joined no team yet"))
    zone = (map_.zone if map_ else None) or member.zone
    references = References(member.id_key)
    around = Around(as_of, zone, references.resolve)
    used = map_ or propose(kind, table, around)
    references.source, references.create = used.source, used.create
    try:
        reader = RowReader(used, table.header, around)
    except BadInput as error:
        raise BadInput(_("%(file)s: %(why)s") % {"file": file, "why": error}) from error
    return Intake(kind, used, reader, references, member.id_key, as_of, file)
