"""A client of the team file that knows nothing of Tavle but docs/TEAM-FILE.md: it reads everyone and writes a lane.

Standard library only. It joins, never founds; it heals nothing and acknowledges nothing. independent_fold.py folds.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LONGEST = 256 * 1024


def sha(data: bytes, digits: int) -> str:
    return hashlib.sha256(data).hexdigest()[:digits]


def encoded(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def span(line: bytes, start: int) -> int:
    """Where the JSON value ends that begins at a place of a line."""
    text = line[start:].decode()
    return start + len(text[: json.JSONDecoder().raw_decode(text)[1]].encode())


def checked(line: bytes) -> dict[str, Any] | None:
    """A line's header, its hash beside it under "hash", its body under "body"; None where it is not valid."""
    signed, mark, check = line.rpartition(b',"c":"')
    if not mark or len(line) > LONGEST or check != sha(signed, 16).encode() + b'"}':
        return None
    whole = json.loads(line)
    head = line[5 : span(line, 5)]
    body_at = 5 + len(head) + len(b',"b":')
    body = line[body_at : span(line, body_at)]
    if not line.startswith(b'{"h":') or sha(body, 32) != whole["h"]["bh"]:
        return None
    header: dict[str, Any] = whole["h"]
    return header | {"hash": sha(head, 32), "body": whole["b"], "line": line}


class Client:
    """One installation with a lane of its own, for as long as it runs."""

    def __init__(self, anchor: Path, person: str) -> None:
        self.folder = Path(f"{anchor}.d")
        self.anchor = json.loads(anchor.read_bytes())
        assert (self.anchor["format"], self.anchor["v"]) == ("tavle-team", 1)
        self.person = person
        self.lane = str(uuid.uuid4())
        self.seq, self.prev = 0, "0" * 32

    def files(self) -> Iterator[Path]:
        for above, folders, names in os.walk(self.folder):
            if Path(above) == self.folder and "keys" in folders:
                folders.remove("keys")
            yield from (Path(above, name) for name in names if not name.startswith(".tmp-"))

    def read(self) -> dict[str, dict[str, Any]]:
        """Header hash → every valid change of the team, in whatever file it stands."""
        found = {}
        for path in self.files():
            data = path.read_bytes()
            if data.startswith(b"\x1f\x8b"):
                try:
                    data = gzip.decompress(data)
                except (OSError, EOFError, zlib.error):
                    continue
            for raw in data.split(b"\n"):
                line = raw.strip(b"\x00 \t\r").removeprefix(b"\xef\xbb\xbf").strip(b"\x00 \t\r")
                change = checked(line) if line else None
                if change and change["team"] == self.anchor["team"]:
                    found[change["hash"]] = change
        return found

    def write(self, kind: str, record: str, do: str, body: dict[str, Any], wall_ms: int) -> str:
        """One decision on a record as it is known now; the hash of its header."""
        known = [one for one in self.read().values() if one["on"] == [kind, record]]
        named = {base for one in known for base in one["base"]}
        heads = [one for one in known if one["id"] not in named and one["body"].keys() & body.keys()]
        clock = max([wall_ms << 16, *(int(one["hlc"], 16) for one in heads)]) + 1
        raw_body = encoded(body)
        self.seq += 1
        header = {
            "v": 1, "crit": [], "grp": None, "team": self.anchor["team"], "lane": self.lane, "seq": self.seq,
            "prev": self.prev, "id": self._id(wall_ms), "hlc": f"{clock:016x}", "at": "2026-11-23T06:45:00+01:00",
            "by": self.person, "on": [kind, record], "do": do, "base": [one["id"] for one in heads],
            "kid": None, "bh": sha(raw_body, 32),
        }  # fmt: skip
        raw_header = encoded(header)
        signed = b'{"h":' + raw_header + b',"b":' + raw_body + b',"s":null'
        self._append(signed + b',"c":"' + sha(signed, 16).encode() + b'"}\n')
        self.prev = sha(raw_header, 32)
        return self.prev

    @staticmethod
    def _id(wall_ms: int) -> str:
        value = int.from_bytes(wall_ms.to_bytes(6, "big") + secrets.token_bytes(10), "big")
        value = value & ~(0xF << 76) | 7 << 76
        return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def _append(self, line: bytes) -> None:
        segment = self.folder / "lanes" / self.lane / "1-1.jsonl"
        if not segment.exists():
            segment.parent.mkdir(parents=True)
            temporary = segment.with_name(".tmp-" + segment.name)
            temporary.write_bytes(line)
            temporary.rename(segment)
            return
        whole = segment.read_bytes()
        with segment.open("ab") as file:
            file.write(line if whole.endswith(b"\n") else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())
