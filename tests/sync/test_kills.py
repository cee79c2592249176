"""``kill -9`` at random moments of real processes that decide and sync all at once: nothing is lost or comes twice.

Faults 1 to 7. A small seeded number of kills in every run; hundreds in ``make soak``.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest

from app.sync.layout import TeamPaths
from tests.sync.team import Home, assert_agree, ids_in, rounds


class Living:
    """A home that decides and syncs in a process of its own, until it is killed."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home = home
        home.db.close()
        command = [sys.executable, "-m", "tests.sync.victim", str(home.folder), str(home.team), str(seed)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def kill(self, seconds: float) -> None:
        """Kills it so long after its first decision is possible; it must not have ended by itself."""
        with self._process as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            assert process.returncode is None, "it ended by itself"
            process.kill()
        self.home.reopen()
        assert journal(self.home) <= self.home.hashes(), "what was told as decided is there"


def journal(home: Home) -> set[str]:
    path = home.folder / "journal"
    lines = path.read_text().split("\n") if path.exists() else [""]
    return {line for line in lines[:-1] if line}


def kill_again_and_again(tmp_path: Path, kills: int, replicas: int, seed: int) -> str:
    """What came of it, in words."""
    chance = random.Random(seed)
    (tmp_path / "share").mkdir()
    team = tmp_path / "share" / "north.tavle"
    homes = [Home(tmp_path / f"home{number}", team, number) for number in range(replicas)]
    homes[0].found()
    for home in homes[1:]:
        home.join()
    started = perf_counter()
    living = [Living(home, seed + number) for number, home in enumerate(homes)]
    for number in range(kills - replicas):
        one = chance.randrange(replicas)
        living[one].kill(chance.uniform(0.0, 0.25))
        living[one] = Living(homes[one], seed + replicas + number)
    for last in living:
        last.kill(chance.uniform(0.0, 0.25))
    seconds = perf_counter() - started
    check(homes)
    lines = len(ids_in(TeamPaths(team).folder))
    return f"{kills} kills of {replicas} in {seconds:.0f} s, {lines:,} lines, seed {seed}"


def check(homes: Sequence[Home]) -> None:
    rounds(homes)
    everything = set().union(*(journal(home) for home in homes))
    assert len(everything) >= len(homes)
    assert everything <= homes[0].hashes()
    assert_agree(homes)
    twice = {id_ for id_, times in Counter(ids_in(TeamPaths(homes[0].team).folder)).items() if times > 1}
    assert not twice
    assert all(home.waiting() == 0 for home in homes)


def ends_itself(home: Home, moment: str) -> None:
    """A process that decides and is killed just before, or just after, the decision is committed."""
    home.db.close()
    command = [sys.executable, "-m", "tests.sync.victim", str(home.folder), str(home.team), "7", moment]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    home.reopen()


@pytest.mark.parametrize(("moment", "decisions"), [("before", 2), ("after", 3)])
def test_killed_at_the_local_commit(mette: Home, ole: Home, moment: str, decisions: int) -> None:
    """Faults 1 and 2: nothing happened, or the outbox is published at the next start."""
    mette.decide_many(2)
    ends_itself(mette, moment)
    assert len(mette.hashes()) == mette.waiting() == decisions
    assert mette.tables_rebuilt() == mette.tables()
    assert mette.sync().pushed == decisions
    rounds([mette, ole])
    assert_agree([mette, ole])


def test_some_kills(tmp_path: Path) -> None:
    """Faults 1 to 7, P2."""
    kill_again_and_again(tmp_path, 6, 3, 20261123)


@pytest.mark.soak
def test_hundreds_of_kills(tmp_path: Path) -> None:
    """Faults 1 to 7."""
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"\nseed {seed}")
    print(kill_again_and_again(tmp_path, 250, 8, seed))
