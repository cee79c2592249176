"""Whether this home is still the one that its lane belongs to: a copied or restored one takes a lane of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from app.domain.ids import Entropy, random_id
from app.store import local
from app.store.database import Database
from app.sync.exchange import ACKED_AT, GENERATION, OWN_READ_AT

HOME = "home"
"""The key of the mark of where a home lay when it was last noted."""
_FORMER = "former_lanes"
_LINUX_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def remember_home(conn: Connection, database: Path) -> None:
    """Notes where this home lies and on which machine."""
    local.put(conn, **{HOME: home_mark(database)})


def claim_lane(db: Database, entropy: Entropy) -> bool:
    """Takes a new lane where this home was copied or moved here. True when it did.

    Call it whenever a home is opened: two homes that write in one lane would use a number twice.
    """
    mark = home_mark(db.path)
    with db.read() as conn:
        known = local.get(conn, HOME)
    if known == mark:
        return False
    with db.write() as conn:
        local.put(conn, **{HOME: mark})
        if known is not None:
            take_new_lane(conn, entropy)
    return known is not None


def take_new_lane(conn: Connection, entropy: Entropy) -> str:
    """Goes on in a new lane. What the old one wrote stays; what still waits is written by the new one."""
    lane = random_id(entropy)
    former = " ".join(own_lanes(conn))
    local.put(conn, **{"lane": lane, _FORMER: former, GENERATION: "1", OWN_READ_AT: "", ACKED_AT: ""})
    return lane


def own_lanes(conn: Connection) -> list[str]:
    """The lanes that this home has written in, the present one last."""
    kept = local.get_all(conn, _FORMER, "lane")
    return [*kept.get(_FORMER, "").split(), kept["lane"]]


def home_mark(database: Path) -> str:
    """Stands for this machine and the database's place on it, telling neither."""
    return sha256(f"{_machine_id()}\x00{_resolved(database)}".encode(errors="replace")).hexdigest()[:32]


@lru_cache(maxsize=16)
def _resolved(database: Path) -> Path:
    """A home that is open stays where it is."""
    return database.resolve()


@lru_cache(maxsize=1)
def _machine_id() -> str:
    """The system's own id of the machine; empty where it has none: then the path alone counts."""
    try:
        return _system_id()
    except (OSError, StopIteration, subprocess.SubprocessError, UnicodeDecodeError):
        return ""


def _system_id() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            found = str(winreg.QueryValueEx(key, "MachineGuid")[0])
    elif sys.platform == "darwin":
        command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout
        found = next(iter(re.findall(r'"IOPlatformUUID" = "([^"]+)"', told)))
    else:
        found = next(Path(one).read_text("utf-8").strip() for one in _LINUX_IDS if Path(one).is_file())
    return found
