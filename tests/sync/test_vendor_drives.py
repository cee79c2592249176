"""Two or three installations, each with its own copy of the folder, and a cloud drive at its worst between them.

Faults 8 to 13, 15, 16, 27, 28 as OneDrive, Dropbox, Nextcloud and Syncthing make them. After the faults stop, sets
and states are equal, and nobody writes any more.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest

from app.store.links import unlinked_lanes
from app.sync.layout import SEGMENT_BYTES, TeamPaths
from tests.sync.drives import VENDORS, Drive
from tests.sync.team import Home, assert_agree, team_bytes

RUNS = 1_000
MEMORY = Path("/dev/shm")
"""Flushing to a real disk takes nine tenths of the time, and no power is cut here."""
STEPS = 60
SMALL = 2_500
"""With segments of so few bytes a lane has several: sealed ones are looked at in other ways than the newest."""


class Installations:
    """Homes on computers that a drive brings together."""

    def __init__(self, folder: Path, vendor: str, dice: random.Random) -> None:
        self.dice = dice
        folders = [folder / f"computer{number}" for number in range(dice.choice((2, 2, 3)))]
        for one in folders:
            one.mkdir(parents=True)
        self.drive = Drive(VENDORS[vendor], folders, dice)
        self.homes = [
            Home(folder / f"home{number}", one.folder / "north.tavle", number, one.files)
            for number, one in enumerate(self.drive.computers)
        ]
        self.homes[0].found()
        self.drive.settle()
        for home in self.homes[1:]:
            home.join()
        self.records = [self.homes[0].new_id() for _number in range(3)]
        self.made: dict[str, Home] = {}

    def live(self) -> None:
        """Someone decides, an installation syncs, the drive carries, or it misbehaves."""
        what = self.dice.choices(("decide", "sync", "carry", "misbehave"), (4, 6, 8, 3))[0]
        number = self.dice.randrange(len(self.homes))
        home = self.homes[number]
        if what == "decide":
            made = home.decide(self.dice.choice(self.records), name=f"Site {self.dice.randrange(9)}")
            self.made[made.hash] = home
        elif what == "sync":
            home.wait(minutes=self.dice.choice((1, 6, 11, 60)))
            home.sync()
        elif what == "carry":
            self.drive.carry(self.drive.computers[number])
        else:
            self.drive.misbehave()

    def lose_one(self) -> None:
        """A laptop falls into the harbour: what nobody else had of it is lost, the rest is healed by the others."""
        self.drive.computers.pop()
        lost = self.homes.pop()
        lost.db.close()
        self.made = {hash_: home for hash_, home in self.made.items() if home is not lost}
        self.drive.did["laptops lost"] += 1

    def come_to_rest(self) -> int:
        """The faults are over; how many rounds it took until nobody wrote a byte, a week of patience included."""
        self.drive.settle()
        self.drive.restore("north.tavle")
        self.drive.settle()
        for number, days in enumerate((1, 0, 8, *[0] * 8), start=1):
            before = self.everything()
            for home in self.homes:
                home.wait(days=days, minutes=11)
                home.sync()
                self.drive.settle()
            if number > 3 and self.everything() == before:
                return number
        raise AssertionError("it does not come to rest")

    def everything(self) -> list[dict[str, bytes]]:
        return [team_bytes(home.team) for home in self.homes]

    def close(self) -> None:
        for home in self.homes:
            home.db.close()


def run(folder: Path, vendor: str, seed: int) -> Counter[str]:
    """One life of a team on a drive; what the drive did in it."""
    dice = random.Random(f"{vendor} {seed}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.sync.publish.SEGMENT_BYTES", dice.choice((SEGMENT_BYTES, SMALL)))
        team = Installations(folder, vendor, dice)
        for _step in range(STEPS):
            team.live()
        if len(team.homes) == 3 and dice.random() < 0.5:
            team.lose_one()
        rest = team.come_to_rest()
    first = team.homes[0]
    assert team.made.keys() <= first.hashes()
    assert_agree(team.homes)
    with first.db.read() as conn:
        assert not unlinked_lanes(conn)
    late = Home(folder / "late", first.team, 99, first.files)
    late.sync()
    assert late.hashes() == first.hashes()
    assert late.tables() == first.tables()
    assert not list(TeamPaths(first.team).folder.rglob(".tmp-*"))
    team.close()
    late.db.close()
    return team.drive.did + Counter(rounds=rest, decisions=len(team.made))


def quick_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("seed", range(2))
def test_a_drive_at_its_worst(vendor: str, seed: int) -> None:
    """Faults 8 to 13, 15, 16, 27, 28: a seeded share, P1."""
    with quick_folder() as folder:
        run(Path(folder), vendor, seed)


@pytest.mark.soak
@pytest.mark.parametrize("vendor", VENDORS)
def test_a_drive_at_its_worst_very_often(vendor: str) -> None:
    """Faults 8 to 13, 15, 16, 27, 28."""
    seed = random.SystemRandom().randrange(1 << 32)
    runs = RUNS // len(VENDORS)
    did: Counter[str] = Counter()
    started = perf_counter()
    for number in range(runs):
        with quick_folder() as folder:
            try:
                did += run(Path(folder), vendor, seed + number)
            except BaseException:
                print(f"\n{vendor}: run(…, {vendor!r}, {seed + number}) failed")
                raise
    told = ", ".join(f"{what} {count:,}" for what, count in sorted(did.items()))
    print(f"\n{vendor}: {runs} runs from seed {seed} in {perf_counter() - started:.0f} s: {told}")
