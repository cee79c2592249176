"""Identifiers: of which kind they are, and that everyone derives the same."""

from __future__ import annotations

import random
from uuid import RFC_4122, UUID

from app.domain.ids import change_id, derived_id, keyed_id, random_id


def test_versions_and_variant() -> None:
    found = (random_id(), change_id(1_700_000_000_000), derived_id("a"), keyed_id("ab" * 32, "a"))
    assert [UUID(one).version for one in found] == [4, 7, 8, 8]
    assert all(UUID(one).variant == RFC_4122 for one in found)


def test_ids_of_changes_sort_by_time() -> None:
    found = [change_id(ms) for ms in range(1_700_000_000_000, 1_700_000_000_050)]
    assert found == sorted(found)
    assert UUID(found[0]).int >> 80 == 1_700_000_000_000


def test_a_seeded_source_gives_the_same_ids() -> None:
    one, other = (random.Random(7).randbytes for _ in range(2))
    assert [random_id(one), change_id(5, one)] == [random_id(other), change_id(5, other)]


def test_derived_ids_depend_on_every_part_and_its_place() -> None:
    found = {derived_id("a", "b"), derived_id("b", "a"), derived_id("ab"), derived_id("a", "b", "")}
    assert len(found) == 4
    assert derived_id("a", "b") == "59b271ae-1bbc-81d3-9d41-929817f4b16f"


def test_a_keyed_id_depends_on_the_key() -> None:
    """An employee number behind an id cannot be guessed by hashing."""
    assert keyed_id("ab" * 32, "4711") == keyed_id("ab" * 32, "4711")
    assert len({keyed_id("ab" * 32, "4711"), keyed_id("cd" * 32, "4711"), derived_id("4711")}) == 3
