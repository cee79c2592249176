"""A shared folder as a cloud drive keeps it: every computer has its own copy, and a seeded script plays the vendor.

It carries files late, in any order and in pieces, makes conflict copies under the vendor's names, brings old versions
and deleted files back. A file's version is its bytes and its time.
"""

from __future__ import annotations

import errno
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from app.sync.files import Files


@dataclass(frozen=True, slots=True)
class Vendor:
    """What a vendor's program is known for.

    ``copies``: how it names the copy that lost, in the languages of those who have it. ``partial``: the name of a
    download that is not done, beside the file; None where the file itself grows. ``keeps_to_itself``: a conflict copy
    stays on its computer. ``newest_wins``: else what was there first. ``placeholders``: files are listed before they
    are here; ``empties``: they read as zeros until then, with their size and time.
    """

    copies: tuple[str, ...]
    partial: str | None = None
    keeps_to_itself: bool = False
    newest_wins: bool = False
    placeholders: bool = False
    empties: bool = False


VENDORS = {
    "OneDrive": Vendor(
        copies=("{stem}-LAPTOP-4F2K{end}", "{stem}-PC-OLE-2{end}", "{stem} (1){end}", "{stem} - Kopi{end}"),
        placeholders=True,
        empties=True,
    ),
    "Dropbox": Vendor(
        copies=(
            "{stem} (Mette Holm's conflicted copy 2026-11-{day:02}){end}",
            "{stem} (Oles konfliktkopi 2026-11-{day:02}){end}",
            "{stem} (In Konflikt stehende Kopie von Büro 2026-11-{day:02}){end}",
            "{stem} (Copie en conflit de LAPTOP 2026-11-{day:02}){end}",
            "{stem} (Selective Sync Conflict){end}",
        ),
        empties=True,
    ),
    "Nextcloud": Vendor(
        copies=(
            "{stem} (conflicted copy 2026-11-{day:02} 0640{day:02}){end}",
            "{stem} (conflicted copy mette 2026-11-{day:02} 0640{day:02}){end}",
            "{stem}_conflict-202611{day:02}-0640{day:02}{end}",
        ),
        partial=".{name}.~4f2k",
        keeps_to_itself=True,
        placeholders=True,
    ),
    "Syncthing": Vendor(
        copies=("{stem}.sync-conflict-202611{day:02}-0640{day:02}-ABCDEFG{end}",),
        partial=".syncthing.{name}.tmp",
        newest_wins=True,
    ),
}


class Version(NamedTuple):
    """What a file is at a moment; two are one where their bytes are."""

    data: bytes
    mtime_ns: int


class Placeholders(Files):
    """The file layer of a computer on which some files are listed and not there."""

    def __init__(self) -> None:
        super().__init__(sleep=lambda _seconds: None)
        self.away: set[Path] = set()

    def open_to_read(self, path: Path) -> int:
        self._fetch(path)
        return super().open_to_read(path)

    def open_to_append(self, path: Path) -> int:
        self._fetch(path)
        return super().open_to_append(path)

    def _fetch(self, path: Path) -> None:
        if path in self.away:
            raise TimeoutError(errno.ETIMEDOUT, "The cloud operation was not completed", str(path))


@dataclass(slots=True)
class Computer:
    """One copy of the folder; ``based`` is what each file was when the drive last looked."""

    folder: Path
    files: Placeholders = field(default_factory=Placeholders)
    based: dict[str, bytes] = field(default_factory=dict)
    own_copies: set[str] = field(default_factory=set)

    def read(self, path: str) -> Version | None:
        place = self.folder / path
        if not place.is_file():
            return None
        return Version(place.read_bytes(), place.stat().st_mtime_ns)

    def put(self, path: str, version: Version) -> None:
        """As a program does that keeps times: beside the file, then in its place."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = self.folder.parent / f"{self.folder.name}.aside"
        aside.write_bytes(version.data)
        os.utime(aside, ns=(version.mtime_ns, version.mtime_ns))
        aside.replace(place)
        self.files.away.discard(place)

    def listed(self) -> set[str]:
        found = (Path(above) / name for above, _folders, names in os.walk(self.folder) for name in names)
        return {one.relative_to(self.folder).as_posix() for one in found if ".tmp-" not in one.name}


class Drive:
    """The vendor's side, and all that goes wrong there; ``did`` counts it."""

    def __init__(self, vendor: Vendor, folders: list[Path], dice: random.Random) -> None:
        self.vendor = vendor
        self.dice = dice
        self.cloud: dict[str, Version] = {}
        self.past: dict[str, list[Version]] = {}
        self.computers = [Computer(folder) for folder in folders]
        self.did: Counter[str] = Counter()

    def carry(self, one: Computer, *, calm: bool = False) -> bool:
        """Brings one computer and the cloud nearer to each other; True where something was carried.

        Calm: everything, whole, at once. Else some files wait, and some are carried in part.
        """
        paths = sorted((one.listed() | one.based.keys() | self.cloud.keys()) - self._left_alone(one))
        self.dice.shuffle(paths)
        carried = False
        for path in paths:
            if calm or self.dice.random() < 0.6:
                carried |= self._meet(one, path, calm)
        return carried

    def settle(self) -> None:
        """The faults are over: everything is carried until all copies are one."""
        while any(self.carry(one, calm=True) for one in self.computers):
            pass

    def restore(self, path: str) -> None:
        """Someone takes a file out of the bin, as it first was."""
        self.cloud[path] = self.past[path][0]

    def misbehave(self) -> None:
        """One of the things for which people fear such drives."""
        what = self.dice.choice((self._bring_back_old, self._delete, self._link_anew, self._put_away))
        one = self.dice.choice(self.computers)
        what(one)
        self.did[what.__name__.strip("_")] += 1

    def _left_alone(self, one: Computer) -> set[str]:
        partial = set(self._partials(one)) if self.vendor.partial else set()
        return one.own_copies | partial

    def _partials(self, one: Computer) -> Iterator[str]:
        assert self.vendor.partial
        first, last = self.vendor.partial.split("{name}")
        for path in one.listed():
            name = path.rpartition("/")[2]
            if name.startswith(first) and name.endswith(last):
                yield path

    def _meet(self, one: Computer, path: str, calm: bool) -> bool:
        here, there, base = one.read(path), self.cloud.get(path), one.based.get(path)
        if one.folder / path in one.files.away and here:
            here = Version(base or b"", here.mtime_ns)  # only listed: nothing was changed in it
            one.based.setdefault(path, here.data)
        base = one.based.get(path)
        mine, theirs = here and here.data, there and there.data
        if mine == theirs and one.folder / path not in one.files.away:
            self._agree(one, path, theirs)
            return False
        if mine == base:
            self._download(one, path, there, calm)
        elif theirs == base:
            self._upload(one, path, here, calm)
        elif here is None or there is None:  # changed here, deleted there, or the other way round: it stays
            self._upload(one, path, here, calm) if here else self._download(one, path, there, calm)
        else:
            self._conflict(one, path, here, there)
        return True

    @staticmethod
    def _agree(one: Computer, path: str, data: bytes | None) -> None:
        if data is None:
            one.based.pop(path, None)
        else:
            one.based[path] = data

    def _store(self, path: str, version: Version) -> None:
        self.cloud[path] = version
        self.past.setdefault(path, []).append(version)

    def _upload(self, one: Computer, path: str, version: Version | None, calm: bool) -> None:
        if version is None:
            del self.cloud[path]
            del one.based[path]
            return
        if not calm and self.dice.random() < 0.2:
            version = self._begun(version)
            self.did["grew in the cloud"] += 1
        self._store(path, version)
        one.based[path] = version.data

    def _download(self, one: Computer, path: str, version: Version | None, calm: bool) -> None:
        place = one.folder / path
        if version is None:
            place.unlink()
            del one.based[path]
            one.files.away.discard(place)
            return
        if not calm and self.dice.random() < 0.4:
            self._in_part(one, path, version)
            return
        one.put(path, version)
        one.based[path] = version.data
        if self.vendor.partial:
            (one.folder / self._aside(path)).unlink(missing_ok=True)

    def _aside(self, path: str) -> str:
        above, slash, name = path.rpartition("/")
        return above + slash + str(self.vendor.partial).format(name=name)

    def _in_part(self, one: Computer, path: str, version: Version) -> None:
        """A download that is not done: a part under a name of its own, a file that grows, zeros, a name alone."""
        part = self._begun(version)
        if self.vendor.placeholders and self.dice.random() < 0.5:
            self._list_only(one, path, version)
        elif self.vendor.partial:
            one.put(self._aside(path), part)
            self.did["left half a download"] += 1
        else:
            if self.vendor.empties and self.dice.random() < 0.5:
                size = len(version.data)
                part = Version(part.data + b"\x00" * (size - len(part.data)), part.mtime_ns)
            one.put(path, part)
            one.based[path] = part.data
            self.did["grew on a computer"] += 1

    def _begun(self, version: Version) -> Version:
        """The first part of a file, up to any byte, with an eye for those where it hurts: none, and whole lines."""
        data = version.data
        ends = [0, *(place + 1 for place, byte in enumerate(data) if byte == 0x0A)]
        end = self.dice.choice(ends) if self.dice.random() < 0.5 else self.dice.randrange(len(data) + 1)
        return Version(data[:end], version.mtime_ns)

    def _list_only(self, one: Computer, path: str, version: Version) -> None:
        one.put(path, Version(b"\x00" * len(version.data), version.mtime_ns))
        one.files.away.add(one.folder / path)
        one.based.setdefault(path, b"")
        self.did["listed only"] += 1

    def _conflict(self, one: Computer, path: str, here: Version, there: Version) -> None:
        """Both have changed: one takes the name, the other is put beside it."""
        loser = here
        if self.vendor.newest_wins and here.mtime_ns > there.mtime_ns:
            loser = there
            self._store(path, here)
            one.based[path] = here.data
        else:
            one.put(path, there)
            one.based[path] = there.data
        copy = self._copy_name(one, path)
        one.put(copy, loser)
        if self.vendor.keeps_to_itself:
            one.own_copies.add(copy)
        self.did["conflict copies"] += 1

    def _copy_name(self, one: Computer, path: str) -> str:
        above, slash, name = path.rpartition("/")
        stem, dot, end = name.partition(".")
        taken = one.listed() | self.cloud.keys()
        while True:
            form = self.dice.choice(self.vendor.copies)
            name = form.format(stem=stem, end=dot + end, day=self.dice.randrange(100))
            if above + slash + name not in taken:
                return above + slash + name
            stem = f"{stem} 2"

    def _bring_back_old(self, _one: Computer) -> None:
        """An old version is restored, or a file comes back that was deleted."""
        if self.past:
            path = self.dice.choice(sorted(self.past))
            self.cloud[path] = self.dice.choice(self.past[path])

    def _delete(self, one: Computer) -> None:
        """Someone clears up, or another computer's deletion comes through."""
        if paths := sorted(one.listed()):
            place = one.folder / self.dice.choice(paths)
            place.unlink()
            one.files.away.discard(place)

    def _link_anew(self, one: Computer) -> None:
        """The program was set up anew on a folder that is there: it knows of no version."""
        one.based.clear()

    def _put_away(self, one: Computer) -> None:
        """Space is freed: a file that the cloud has too is only listed from now on."""
        same = [path for path, there in self.cloud.items() if one.based.get(path) == there.data]
        same = [path for path in same if (here := one.read(path)) and here.data == self.cloud[path].data]
        if self.vendor.placeholders and same:
            path = self.dice.choice(sorted(same))
            self._list_only(one, path, self.cloud[path])
