"""What the last exchanges with the team file did, and what could not be read in the latest: kept on this computer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from app.store import local

_LOG, _UNREADABLE = "sync_log", "sync_unreadable"
KEPT = 40


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One exchange in which something was done, or that found another problem. ``at`` is UTC text."""

    at: str
    pulled: int = 0
    pushed: int = 0
    healed: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the latest exchange found: an exchange that finds the same and does nothing is not noted."""

    problem: str
    unreadable: tuple[str, ...]


def latest(conn: Connection) -> Noted | None:
    """What was noted last; None where nothing was."""
    last = exchanges(conn)[:1]
    return Noted(last[0].problem, unreadable(conn)) if last else None


def note(conn: Connection, one: Exchanged, unreadable: Sequence[str]) -> None:
    """Keeps an exchange as the latest; the oldest beyond 40 goes."""
    kept = [asdict(one), *_kept(conn, _LOG)][:KEPT]
    local.put(conn, **{_LOG: json.dumps(kept), _UNREADABLE: json.dumps(list(unreadable))})


def exchanges(conn: Connection) -> list[Exchanged]:
    """The last exchanges, the latest first."""
    return [Exchanged(**one) for one in _kept(conn, _LOG)]


def unreadable(conn: Connection) -> tuple[str, ...]:
    """The files and folders of the team file that were there and could not be read, in the latest exchange noted."""
    return tuple(_kept(conn, _UNREADABLE))


def _kept(conn: Connection, key: str) -> list[Any]:
    found: list[Any] = json.loads(local.get(conn, key) or "[]")
    return found
