"""Sets of sequence numbers, kept as ranges: which changes of which lanes a file holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from app.domain.change import Change
from app.store.exchange_log import Place
from app.store.log import follow_on
from app.store.sources import known_sources
from app.sync.layout import is_vendors_copy


class Ranges:
    """A set of whole numbers as sorted, separate ranges, both ends included."""

    __slots__ = ("_firsts", "_lasts")

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in pairs:
            self.add(first, last)

    def add(self, first: int, last: int | None = None) -> None:
        """Adds a number, or all from the first to the last."""
        last = first if last is None else last
        firsts, lasts = self._firsts, self._lasts
        if lasts and first == lasts[-1] + 1:
            lasts[-1] = last
            return
        start = bisect_left(lasts, first - 1)
        end = start
        while end < len(firsts) and firsts[end] <= last + 1:
            first, last = min(first, firsts[end]), max(last, lasts[end])
            end += 1
        firsts[start:end] = [first]
        lasts[start:end] = [last]

    def update(self, other: Ranges) -> None:
        """Adds all of another set."""
        for first, last in other:
            self.add(first, last)

    def minus(self, other: Ranges) -> Ranges:
        """What is in this set and not in the other."""
        left = Ranges()
        for first, last in self:
            start = first
            for position in range(bisect_left(other._lasts, first), len(other._firsts)):
                if other._firsts[position] > last:
                    break
                if other._firsts[position] > start:
                    left.add(start, other._firsts[position] - 1)
                start = other._lasts[position] + 1
            if start <= last:
                left.add(start, last)
        return left

    def meets(self, other: Ranges) -> bool:
        """True where a number is in both sets."""
        return len(self.minus(other)) < len(self)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(zip(self._firsts, self._lasts, strict=True))

    def __contains__(self, number: int) -> bool:
        position = bisect_left(self._lasts, number)
        return position < len(self._firsts) and self._firsts[position] <= number

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self)

    def __repr__(self) -> str:
        return f"Ranges({list(self)})"


class Covers:
    """What a file holds: a lane → its numbers, and ``lane/hash`` for a change whose number another took first."""

    __slots__ = ("_ranges",)

    def __init__(self, text: str = "{}") -> None:
        found = msgspec.json.decode(text, type=dict[str, list[tuple[int, int]]])
        self._ranges = {key: Ranges(pairs) for key, pairs in found.items()}

    def add(self, change: Change, forks: set[Place]) -> None:
        """Adds a change that was read in the file."""
        self.of(_key(change, forks)).add(change.header.seq)

    def add_all(self, changes: Sequence[Change], forks: set[Place]) -> None:
        """Adds the changes that were read in the file."""
        if not forks and follow_on(changes):
            first, last = changes[0].header, changes[-1].header
            self.of(first.lane).add(first.seq, last.seq)
            return
        for change in changes:
            self.add(change, forks)

    def holds(self, change: Change, forks: set[Place]) -> bool:
        """True where the change was read."""
        return change.header.seq in self.of(_key(change, forks))

    def of(self, key: str) -> Ranges:
        """The numbers held of a lane or a fork."""
        return self._ranges.setdefault(key, Ranges())

    def update(self, other: Covers) -> None:
        """Adds all that another file holds."""
        for key, ranges in other.items():
            self.of(key).update(ranges)

    def items(self) -> Iterator[tuple[str, Ranges]]:
        """(key, numbers) of everything held."""
        return iter(self._ranges.items())

    def lanes(self) -> set[str]:
        """The lanes of which something is held."""
        return {key.partition("/")[0] for key in self._ranges}

    def holds_all_of(self, other: Covers) -> bool:
        """True when nothing of the other is lacking here."""
        return all(not len(ranges.minus(self._ranges.get(key, Ranges()))) for key, ranges in other.items())

    def text(self) -> str:
        """As it is kept in the table ``sources``."""
        return msgspec.json.encode({key: list(one) for key, one in sorted(self._ranges.items())}).decode()


def fork_key(place: Place) -> str:
    """How a change is named whose number another took first."""
    return f"{place.lane}/{place.hash}"


def all_covers(conn: Connection, *, copies: bool = False) -> Covers:
    """What the team file holds, as far as it was read: its segments and packs together; or else all other files.

    Those are not counted among what it holds. Half a download, or a copy that its drive keeps to itself, is on this
    computer alone.
    """
    held = Covers()
    for source in known_sources(conn).values():
        if is_vendors_copy(source.path) is copies:
            held.update(Covers(source.covers))
    return held


def _key(change: Change, forks: set[Place]) -> str:
    place = Place(change.header.lane, change.header.seq, change.hash)
    return fork_key(place) if place in forks else place.lane
