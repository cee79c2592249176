"""Identifiers: random record ids, time-ordered change ids, and ids derived from content.

UUIDv7 (RFC 9562) is written here because Python 3.11 has none and the demo needs it from a seeded source.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from uuid import UUID

Entropy = Callable[[int], bytes]
"""Gives n random bytes: ``secrets.token_bytes``, or a seeded source in demos and tests."""


def _uuid(raw: bytes, version: int) -> str:
    value = int.from_bytes(raw[:16], "big")
    value = value & ~(0xF << 76) | version << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def random_id(entropy: Entropy = secrets.token_bytes) -> str:
    """A random id (UUIDv4) for a record or a lane: it tells nothing about what it names."""
    return _uuid(entropy(16), 4)


def change_id(milliseconds: int, entropy: Entropy = secrets.token_bytes) -> str:
    """An id for a change (UUIDv7), ordered by the wall clock it was made at."""
    return _uuid(milliseconds.to_bytes(6, "big") + entropy(10), 7)


def derived_id(*parts: str) -> str:
    """The id (UUIDv8) that everyone derives alike from the same parts, such as a plan and a row code."""
    return _uuid(hashlib.sha256("\x00".join(parts).encode()).digest(), 8)


def keyed_id(key_hex: str, *parts: str) -> str:
    """As derived_id, under the team's key: an employee number behind it cannot be guessed by hashing."""
    digest = hmac.new(bytes.fromhex(key_hex), "\x00".join(parts).encode(), hashlib.sha256).digest()
    return _uuid(digest, 8)
