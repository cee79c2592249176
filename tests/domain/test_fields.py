"""How a value typed by a person or found in a file is read; what cannot be taken is one clear line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import encode_body
from app.domain.fields import (
    BOOL,
    DAY,
    END,
    INSTANT,
    INT,
    LINE,
    LIST,
    MAX_LINE_TEXT,
    MAX_TEXT,
    OBJECT,
    TEXT,
    BadInput,
    FieldType,
    blank,
    choice,
    ref,
)


class Around:
    """Monday morning in Copenhagen; everyone is called id."""

    now = datetime(2026, 11, 23, 6, 40, tzinfo=ZoneInfo("Europe/Copenhagen"))
    zone = ZoneInfo("Europe/Copenhagen")

    def resolve(self, kind: str, text: str) -> str:
        return f"{kind}:{text}"


AROUND = Around()
CHANNEL = choice("phone", "email")
TYPES = (BOOL, DAY, END, INSTANT, INT, LINE, LIST, OBJECT, TEXT, CHANNEL, ref("people"))


@pytest.mark.parametrize(
    ("type_", "given_", "read"),
    [
        (TEXT, "  a\r\nb\rc\n", "a\nb\nc"),
        (TEXT, 7, "7"),
        (LINE, " a\nb ", "a b"),
        (TEXT, "[/b] \x1b[31m \"; DROP", "[/b] \x1b[31m \"; DROP"),
        (INSTANT, "2026-11-24T10:00", "2026-11-24T09:00:00Z"),
        (INSTANT, "2026-11-24", "2026-11-23T23:00:00Z"),
        (INSTANT, datetime(2026, 6, 1, 12), "2026-06-01T10:00:00Z"),  # noqa: DTZ001 - as spreadsheets give it
        (INSTANT, datetime(2026, 6, 1, 12, tzinfo=UTC), "2026-06-01T12:00:00Z"),
        (END, "2026-11-24", "2026-11-24T23:00:00Z"),
        (END, "2026-11-24T10:00", "2026-11-24T09:00:00Z"),
        (END, date(2026, 11, 24), "2026-11-24T23:00:00Z"),
        (DAY, "tomorrow", "2026-11-24"),
        (DAY, datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "2026-11-24"),
        (DAY, date(2026, 11, 24), "2026-11-24"),
        (BOOL, "Yes", True),
        (BOOL, 0, False),
        (BOOL, "nej", False),
        (INT, " 42 ", 42),
        (INT, 3.0, 3),
        (LIST, "windows, floors ,,", ["windows", "floors"]),
        (LIST, '["a,b", "c"]', ["a,b", "c"]),
        (LIST, [1, " x "], ["1", "x"]),
        (LIST, " , ", []),
        (LIST, '[/b] [red]x "; DROP, [urgent]', ['[/b] [red]x "; DROP', "[urgent]"]),
        (OBJECT, '{"q1": 2.5, "q2": [1, 0.5], "q3": 99999999999999999999}',
         {"q1": "2.5", "q2": [1, "0.5"], "q3": "99999999999999999999"}),
        (CHANNEL, " phone ", "phone"),
        (ref("people"), " Mette ", "people:Mette"),
    ],
)  # fmt: skip
def test_what_is_read(type_: FieldType, given_: Any, read: Any) -> None:
    assert type_.read(given_, AROUND) == read


@pytest.mark.parametrize(
    ("type_", "given_"),
    [
        (TEXT, "x" * (MAX_TEXT + 1)),
        (LINE, "x" * (MAX_LINE_TEXT + 1)),
        (TEXT, "\ud800"),
        (INSTANT, "soon"),
        (INSTANT, datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))),
        (END, date(9999, 12, 31)),
        (DAY, "2026-02-30"),
        (DAY, date(1492, 1, 1)),
        (BOOL, "perhaps"),
        (INT, "3.5"),
        (INT, "x"),
        (INT, True),
        (INT, 2**53),
        (INT, "9" * 5000),
        (LIST, 7),
        (LIST, "[1"),
        (LIST, '["\\ud800"]'),
        (OBJECT, "[]"),
        (OBJECT, "{"),
        (OBJECT, "7"),
        (OBJECT, '{"a":' + "[" * 3000 + "]" * 3000 + "}"),
        (CHANNEL, "Phone"),
    ],
)
def test_what_cannot_be_taken(type_: FieldType, given_: Any) -> None:
    with pytest.raises(BadInput, match=r"\w+") as caught:
        type_.read(given_, AROUND)
    assert "\n" not in str(caught.value)


@given(
    st.sampled_from(TYPES),
    st.text(max_size=30)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.lists(st.text(max_size=5) | st.floats(), max_size=3)
    | st.dictionaries(st.text(max_size=3), st.floats() | st.integers(), max_size=3),
)
def test_whatever_is_read_can_stand_in_a_change(type_: FieldType, value: Any) -> None:
    """Everything is taken as JSON without floats, or refused: nothing in between."""
    try:
        read = type_.read(value, AROUND)
    except BadInput:
        return
    assert encode_body({"value": read})


@pytest.mark.parametrize("value", [None, "", " \n", []])
def test_empty_or_blank_is_missing(value: Any) -> None:
    assert blank(value)


@pytest.mark.parametrize("value", [0, False, "0", ["x"]])
def test_zero_and_no_are_values(value: Any) -> None:
    assert not blank(value)
