"""A change: one JSON line of the team file, its encoding and its checks (docs/TEAM-FILE.md, "A change").

``{"h":{…},"b":{…},"s":null,"c":"16 hex"}`` where ``c`` begins the SHA-256 of all bytes before ``,"c":``.
The raw line is kept and relayed byte for byte, so members that this program does not know survive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from app.domain.hlc import END, is_sane
from app.text import _

FORMAT = 1
LARGEST = 2**53 - 1
"""The largest whole number in a change: every program that reads JSON holds it exactly."""
KNOWN_FEATURES: frozenset[str] = frozenset()
MAX_LINE = 256 * 1024
DEEPEST = 50
"""So deep a body may be nested: any program can read that, however little is left of its stack."""
GENESIS = "0" * 32
"""The ``prev`` of a lane's first change."""

Body = dict[str, Any]
Heads = Mapping[str, tuple[str, ...]]
"""Register name → ids of the changes that are its heads."""

_TAIL = len(',"c":"0123456789abcdef"}')
_HEX = bytes.maketrans(b"0123456789abcdef", b"0" * 16)
_ID = "00000000-0000-0000-0000-000000000000"
_FORM = f"{'0' * 16} {'0' * 32} {_ID} {_ID} {_ID} {_ID}".encode()
"""Clock, link and ids of a header where every hex digit is a nought: compared so, they take a quarter of the time."""


class BadLine(ValueError):
    """A line that is not a whole, valid change; the text says why."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what, when, on which record, having seen what."""

    v: int = FORMAT
    crit: tuple[str, ...] = ()
    grp: tuple[str, int, int] | None = None
    team: str
    lane: str
    seq: int
    prev: str
    id: str
    hlc: str
    at: str
    by: str
    on: tuple[str, str]
    do: str
    base: tuple[str, ...] = ()
    kid: str | None = None
    bh: str


class Change(msgspec.Struct, frozen=True):
    """A decoded change with its raw line and the hash of its header (the next change's ``prev``)."""

    header: Header
    body: Body
    hash: str
    raw: bytes

    @property
    def id(self) -> str:
        """The change's own id."""
        return self.header.id

    @property
    def key(self) -> tuple[str, str]:
        """What orders changes everywhere: the clock, then the id."""
        return self.header.hlc, self.header.id

    @property
    def name(self) -> str:
        """What people call it by: its group where it is part of one, else its own id."""
        return self.header.grp[0] if self.header.grp else self.header.id

    @property
    def readable(self) -> bool:
        """False where a newer program wrote it in a way that this one must not interpret."""
        header = self.header
        return header.v <= FORMAT and (not header.crit or KNOWN_FEATURES.issuperset(header.crit))


class _Line(msgspec.Struct):
    h: msgspec.Raw
    b: msgspec.Raw
    c: str


_line = msgspec.json.Decoder(_Line)
_header = msgspec.json.Decoder(Header)
_body = msgspec.json.Decoder(dict[str, Any])
_encoder = msgspec.json.Encoder(order="deterministic")
_plain = msgspec.json.Encoder()


def digest(data: bytes) -> str:
    """The first 32 hex digits of SHA-256: header, body and chain hashes."""
    return hashlib.sha256(data).hexdigest()[:32]


def encode_body(body: Body) -> bytes:
    """The body's bytes, members sorted. ValueError for what other programs could not read back alike."""
    _refuse_odd(body)
    try:
        return _encoder.encode(body)
    except UnicodeEncodeError as error:
        raise ValueError(_("this is not valid text")) from error


def _refuse_odd(value: Any, depth: int = 0) -> None:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > LARGEST):
        raise ValueError(_("a change holds whole numbers up to 2^53 only: %(value)s") % {"value": value})
    if isinstance(value, dict | list | tuple):
        if depth == DEEPEST:
            raise ValueError(_("this is nested too deeply"))
        for item in value.values() if isinstance(value, dict) else value:
            _refuse_odd(item, depth + 1)


def _too_deep(body: Body) -> bool:
    level: list[Any] = [body]
    for _depth in range(DEEPEST):
        inside = (item for one in level for item in (one.values() if isinstance(one, dict) else one))
        level = [item for item in inside if isinstance(item, dict | list)]
    return bool(level)


def seal(header: Header, body: Body) -> Change:
    """The change of a header and a body; the header's ``bh`` is filled in. ValueError when too long."""
    body_bytes = encode_body(body)
    header = msgspec.structs.replace(header, bh=digest(body_bytes))
    header_bytes = _plain.encode(header)
    signed = b'{"h":' + header_bytes + b',"b":' + body_bytes + b',"s":null'
    check = hashlib.sha256(signed).hexdigest()[:16].encode()
    raw = signed + b',"c":"' + check + b'"}'
    if len(raw) > MAX_LINE:
        raise ValueError(
            _("this is too long for one decision: %(size)d KiB, at most 256") % {"size": len(raw) // 1024}
        )
    return Change(header, body, digest(header_bytes), raw)


def decode(raw: bytes) -> Change:
    """The change in a line without its line end. BadLine says what is wrong with it."""
    if len(raw) > MAX_LINE:
        raise BadLine(_("longer than 256 KiB"))
    signed, mark, rest = raw.rpartition(b',"c":"')
    if not mark or len(rest) < 18 or rest[16:].strip() != b'"}':
        raise BadLine(_("not a whole change"))
    if hashlib.sha256(signed).hexdigest()[:16].encode() != rest[:16]:
        raise BadLine(_("the checksum does not fit"))
    try:
        header, body, header_bytes, body_bytes = _parsed(raw, signed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadLine(_("not a change: %(why)s") % {"why": error}) from error
    if digest(body_bytes) != header.bh:
        raise BadLine(_("the body does not fit its hash"))
    if body_bytes.count(b"[") + body_bytes.count(b"{") > DEEPEST and _too_deep(body):
        raise BadLine(_("nested too deeply"))
    _check(header)
    return Change(header, body, digest(header_bytes), raw)


def restore(raw: bytes, header_hash: str) -> Change:
    """A change from a line that ``decode`` has accepted before: nothing is checked again."""
    header, body, _header_bytes, _body_bytes = _parsed(raw, raw.rpartition(b',"c":"')[0])
    return Change(header, body, header_hash, raw)


def _parsed(raw: bytes, signed: bytes) -> tuple[Header, Body, bytes, bytes]:
    """Header and body of a line, and their bytes as they stand in it.

    As ``seal`` writes a line it is cut, not scanned: where both pieces are whole JSON values, they are the members.
    """
    if len(raw) - len(signed) == _TAIL and signed.startswith(b'{"h":') and signed.endswith(b',"s":null'):
        cut = signed.find(b',"b":')
        header, body = signed[5:cut], signed[cut + 5 : -9]
        try:
            return _header.decode(header), _body.decode(body), header, body
        except msgspec.MsgspecError:  # what is wrong with it is said of the whole line
            pass
    line = _line.decode(raw)
    return _header.decode(line.h), _body.decode(line.b), bytes(line.h), bytes(line.b)


def _check(header: Header) -> None:
    if not 1 <= header.seq <= LARGEST:
        raise BadLine(_("the sequence number is out of range"))
    if header.grp is not None and not 1 <= header.grp[1] <= header.grp[2] <= LARGEST:
        raise BadLine(_("the part of the group is malformed"))
    form = f"{header.hlc} {header.prev} {header.id} {header.lane} {header.team} {header.on[1]}"
    if form.encode().translate(_HEX) == _FORM and header.hlc < END:
        return
    if not is_sane(header.hlc):
        raise BadLine(_("the clock %(hlc)s is malformed") % {"hlc": header.hlc[:40]})
    if header.prev.encode().translate(_HEX) != GENESIS.encode():
        raise BadLine(_("the link to the change before is malformed"))
    raise BadLine(_("an id is malformed"))
