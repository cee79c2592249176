"""Every value of a TOML text is found on the line where it stands."""

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from app.domain.toml_lines import KeyPath, key_lines, line_of

KEYS = st.text("abc.\"' =#[]é", min_size=1, max_size=4)
LEAVES = st.text("ab \n\"'\\#[]{}=,é", max_size=12)
TABLES = st.recursive(
    st.dictionaries(KEYS, LEAVES | st.lists(LEAVES, max_size=3), max_size=3),
    lambda inner: st.dictionaries(KEYS, LEAVES | inner | st.lists(inner, min_size=1, max_size=3), max_size=3),
    max_leaves=12,
)
TEXT = '''\
# first
id = "a"   # "not a key"
words = [
  "one, [two]",   # comment, with ] and ,

  """three
four""",
  'five',
]
inline = [{ a = 1, b = [1, 2] },
  { a = 3 }]
site."north.west".name = "x"
[[rows]]
code = "A"
[[rows.options]]
text = \'\'\'a
[[b]]\'\'\'
[[rows.options]]
text = """ends in quotes"""""
[rows.more]
deep = true
[[rows]]
code = "B"
[[rows.options]]
text = "z"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("words",), 3),
        (("words", 0), 4),
        (("words", 1), 6),
        (("words", 2), 8),
        (("inline", 0, "a"), 10),
        (("inline", 1, "a"), 11),
        (("site", "north.west", "name"), 12),
        (("rows", 0), 13),
        (("rows", 0, "options", 0, "text"), 16),
        (("rows", 0, "options", 1), 18),
        (("rows", 0, "options", 1, "text"), 19),
        (("rows", 0, "more", "deep"), 21),
        (("rows", 1, "code"), 23),
        (("rows", 1, "options", 0, "text"), 25),
        (("rows", 1, "options", 0, "missing"), 24),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_where_things_stand(path: KeyPath, line: int) -> None:
    assert tomllib.loads(TEXT)
    assert line_of(key_lines(TEXT), path) == line


def marked(value: Any, path: KeyPath, marks: dict[KeyPath, str]) -> Any:
    """The value with a mark of its own at the start of every text."""
    if isinstance(value, str):
        marks[path] = f"<{len(marks)}>"
        return marks[path] + value
    if isinstance(value, dict):
        return {key: marked(inner, (*path, key), marks) for key, inner in value.items()}
    return [marked(inner, (*path, index), marks) for index, inner in enumerate(value)]


@given(TABLES, st.booleans())
def test_every_text_is_found_where_it_stands(data: dict[str, object], multiline: bool) -> None:
    marks: dict[KeyPath, str] = {}
    text = tomli_w.dumps(marked(data, (), marks), multiline_strings=multiline)
    rows, lines = text.split("\n"), key_lines(text)
    for path, mark in marks.items():
        line = line_of(lines, path)
        # A text over several lines begins on the line after its key.
        assert mark in rows[line - 1] or (rows[line - 1].endswith('"""') and rows[line].startswith(mark))
