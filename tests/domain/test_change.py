"""A change as a line: what is written is read back, what is damaged is refused (team-file.md, "A change")."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import DEEPEST, LARGEST, MAX_LINE, BadLine, Change, decode, digest, restore
from tests.domain.making import clock, made

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(WORDS, VALUES, max_size=6)


def line(header: dict[str, Any], body: bytes = b'{"text":"x"}', tail: bytes = b',"s":null') -> bytes:
    """A line with a right checksum and a right hash of its body, whatever its header says."""
    told = json.dumps({**header, "bh": digest(body)}, separators=(",", ":")).encode()
    signed = b'{"h":' + told + b',"b":' + body + tail
    return signed + b',"c":"' + hashlib.sha256(signed).hexdigest()[:16].encode() + b'"}'


def header_of(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(change.raw)["h"]
    return found


PLAIN = made("plain", {"text": "x"})


@given(BODIES)
def test_what_is_sealed_is_read_back(body: dict[str, Any]) -> None:
    change = made("one", body, base=["b"], grp=("g", 1, 2))
    again = decode(change.raw)
    assert again == change
    assert restore(change.raw, change.hash) == change
    assert again.body == body
    assert b"\n" not in change.raw


def test_every_byte_changed_is_refused() -> None:
    """Fault 34, at every byte and every bit."""
    raw = made("one", {"text": "Kitchen, æøå", "talk_needed": True}).raw
    for place, byte in enumerate(raw):
        for bit in range(8):
            damaged = raw[:place] + bytes([byte ^ (1 << bit)]) + raw[place + 1 :]
            with pytest.raises(BadLine):
                decode(damaged)


def test_every_torn_line_is_refused() -> None:
    """Fault 8."""
    raw = PLAIN.raw
    for length in range(len(raw)):
        with pytest.raises(BadLine):
            decode(raw[:length])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_change_or_a_bad_line(data: bytes) -> None:
    with pytest.raises(BadLine):
        decode(data)


def test_unknown_members_survive_and_are_under_the_checksum() -> None:
    """Fault 33, P15: a newer program's members, in the header, the body and beside them."""
    header = {**header_of(PLAIN), "new": {"deep": [1]}}
    raw = line(header, b'{"text":"x","later":{"a":[null]}}', b',"s":"sig","x":1')
    change = decode(raw)
    assert change.raw == raw
    assert change.body["later"] == {"a": [None]}
    assert change.hash != PLAIN.hash, "what follows in the lane is chained to all of the header"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("seq", 0),
        ("seq", 2**53),
        ("seq", 10**30),
        ("seq", "1"),
        ("hlc", "ffffffffffffffff"),
        ("hlc", "0123"),
        ("hlc", "012345678901234g"),
        ("hlc", clock(4_102_444_800_000)),
        ("id", "not-an-id"),
        ("id", PLAIN.id.upper()),
        ("lane", ""),
        ("team", "x"),
        ("prev", "0" * 31),
        ("prev", "g" * 32),
        ("prev", "0" * 32 + "\n"),
        ("on", ["complaints", "Jonas Berg"]),
        ("on", ["complaints"]),
        ("grp", ["g", 0, 2]),
        ("grp", ["g", 3, 2]),
        ("grp", ["g", 1, 10**30]),
        ("base", "x"),
        ("do", None),
        ("v", "1"),
    ],
)
def test_a_malformed_header_is_refused_and_says_why(member: str, value: object) -> None:
    """Faults 20–22 among them: a clock from 2100 on, or that is none."""
    assert decode(line(header_of(PLAIN))).id == PLAIN.id
    with pytest.raises(BadLine, match=r"\w+"):
        decode(line({**header_of(PLAIN), member: value}))


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b'"x"', b'{"a":}', b'{"a":"\xff"}', b'{"a":"\\ud800"}', b"{", b""]
)
def test_a_malformed_body_is_refused(body: bytes) -> None:
    """Faults 30–32: invalid UTF-8 and half JSON among them."""
    with pytest.raises(BadLine):
        decode(line(header_of(PLAIN), body))


def test_nesting_has_a_limit_that_any_stack_can_take() -> None:
    for depth in (DEEPEST, DEEPEST + 1, 5_000):
        body = b'{"a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"
        raw = line(header_of(PLAIN), body)
        if depth <= DEEPEST:
            assert decode(raw).raw == raw
        else:
            with pytest.raises(BadLine):
                decode(raw)


def test_a_body_that_does_not_fit_its_hash_is_refused() -> None:
    raw = line({**header_of(PLAIN)}).replace(b'"x"', b'"y"')
    signed = raw.rpartition(b',"c":"')[0]
    check = hashlib.sha256(signed).hexdigest()[:16].encode()
    with pytest.raises(BadLine, match="hash"):
        decode(signed + b',"c":"' + check + b'"}')


@pytest.mark.parametrize(
    "body",
    [
        {"a": 1.5},
        {"a": [float("nan")]},
        {"a": {"b": [1, {"c": 0.1}]}},
        {"a": 2**53},
        {"a": 10**30},
        {"a": "\ud800"},
        {"text": "x" * MAX_LINE},
    ],
)
def test_what_others_could_not_read_back_is_not_sealed(body: dict[str, Any]) -> None:
    """No floats anywhere; at most 256 KiB."""
    with pytest.raises(ValueError, match=r"\w+"):
        made("one", body)


def test_nothing_that_is_too_deep_is_sealed() -> None:
    deep: list[Any] = []
    for _level in range(5_000):
        deep = [deep]
    with pytest.raises(ValueError, match="deep"):
        made("one", {"a": deep})


def test_a_line_of_256_kib_is_accepted_and_one_byte_more_is_not() -> None:
    """Fault 32."""
    room = MAX_LINE - len(made("one", {"text": ""}).raw)
    assert len(decode(made("one", {"text": "x" * room}).raw).raw) == MAX_LINE
    with pytest.raises(ValueError, match="256"):
        made("one", {"text": "x" * (room + 1)})


def test_what_a_newer_program_wrote_is_kept_but_not_interpreted() -> None:
    assert PLAIN.readable
    assert not made("one", {}, v=2).readable
    assert not made("one", {}, crit=("sealed",)).readable


def test_a_change_is_called_by_its_group() -> None:
    assert made("one", {}, grp=("g", 1, 1)).name == "g"
    assert PLAIN.name == PLAIN.id
