"""The tables in docs/TEAM-FILE.md are true: every test that they name is there and names its fault, or its law."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "TEAM-FILE.md"
LATER = {35, 36, 41, 44}
"""They come with signatures, erasure and PostgreSQL."""


def rows() -> Iterator[tuple[int, str, list[str]]]:
    """(number, what happens, tests) of every fault of the table."""
    table = PAGE.read_text("utf-8").partition("\n## Faults\n")[2].partition("\n## ")[0]
    for line in table.splitlines():
        if found := re.match(r"\| (\d+)(?:–(\d+))? \|[^|]+\| ([^|]+) \|(.*)\|", line):
            first, last, outcome, named = found.groups()
            for number in range(int(first), int(last or first) + 1):
                yield number, outcome, re.findall(r"`([^`]+)`", named)


@lru_cache(maxsize=32)
def texts_of(file: Path) -> dict[str, str]:
    """What each of a module's tests says of itself."""
    tree = ast.parse(file.read_text("utf-8"))
    told = (
        one for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )
    return {one.name: ast.get_docstring(one) or "" for one in told}


def text_of(named: str) -> str:
    """The name and the docstring of a test in the tables' words: ``test_kills::test_some_kills``."""
    module, _colons, name = named.partition("::")
    beside = TESTS / "sync" / f"{module}.py"
    texts = texts_of(beside if beside.exists() else TESTS / f"{module}.py")
    assert name in texts
    return f"{name} {texts[name]}"


def numbers_in(text: str) -> set[int]:
    """The faults that a text names: ``Fault 7``, ``Faults 3 to 6``, ``Faults 9, 10 and 12``, ``Faults 20–22``."""
    found: set[int] = set()
    for named in re.findall(r"[Ff]aults? (\d[\d ,–toand]*)", text):
        for first, last in re.findall(r"(\d+)(?:(?: to |–)(\d+))?", named):
            found.update(range(int(first), int(last or first) + 1))
    return found


def test_every_fault_of_the_plan_is_in_the_table() -> None:
    found = {number: named for number, _outcome, named in rows()}
    assert found.keys() == set(range(1, 46))
    assert {number for number, named in found.items() if not named} == LATER


@pytest.mark.parametrize(
    ("number", "named"), [(number, one) for number, _outcome, tests in rows() for one in tests]
)
def test_the_named_test_is_there_and_names_the_fault(number: int, named: str) -> None:
    assert number in numbers_in(text_of(named)), f"{named} does not say that it is fault {number}"


def test_numbers_are_read_as_people_write_them() -> None:
    assert numbers_in("Faults 8 to 11, 15, 16 and 20–22 as drives make them; fault 40.") == {
        8, 9, 10, 11, 15, 16, 20, 21, 22, 40,
    }  # fmt: skip


def laws() -> Iterator[tuple[int, str]]:
    """(number, test) of every law of the page."""
    table = PAGE.read_text("utf-8").partition("\n## What must hold\n")[2]
    for first, last, named in re.findall(r"\| P(\d+)(?:–P(\d+))? \|[^|]+\|(.*)\|", table):
        for number in range(int(first), int(last or first) + 1):
            yield from ((number, one) for one in re.findall(r"`([^`]+)`", named) or ["later"])


def test_every_law_is_on_the_page() -> None:
    found = list(laws())
    assert {number for number, _named in found} == set(range(1, 17))
    assert {number for number, named in found if named == "later"} == {12, 16}


@pytest.mark.parametrize(("number", "named"), [one for one in laws() if one[1] != "later"])
def test_the_laws_test_is_there_and_names_it(number: int, named: str) -> None:
    said = re.findall(r"[Pp](\d+)(?:–P(\d+))?", text_of(named))
    held = {one for first, last in said for one in range(int(first), int(last or first) + 1)}
    assert number in held, f"{named} does not say that it is P{number}"
