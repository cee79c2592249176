"""``kill -9`` at random moments of real processes that decide and sync: nothing is lost, nothing comes twice.

Faults 1 to 7. A small seeded number of kills in every run; hundreds in ``make soak``.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.sync.layout import TeamPaths
from tests.sync.team import Home, assert_agree, ids_in, rounds


def let_live(home: Home, seed: int, seconds: float) -> None:
    """Runs a home as a process of its own and kills it some time after its first decision is possible."""
    command = [sys.executable, "-m", "tests.sync.victim", str(home.folder), str(home.team), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def journal(home: Home) -> set[str]:
    path = home.folder / "journal"
    lines = path.read_text().split("\n") if path.exists() else [""]
    return {line for line in lines[:-1] if line}


def kill_again_and_again(tmp_path: Path, count: int, replicas: int, seed: int) -> None:
    chance = random.Random(seed)
    (tmp_path / "share").mkdir()
    team = tmp_path / "share" / "north.tavle"
    homes = [Home(tmp_path / f"home{number}", team, number) for number in range(replicas)]
    homes[0].found()
    for home in homes[1:]:
        home.join()
    for number in range(count):
        home = chance.choice(homes)
        home.db.close()
        let_live(home, seed + number, chance.uniform(0.0, 0.25))
        home.reopen()
        assert journal(home) <= home.hashes()
    rounds(homes)
    everything = set().union(*(journal(home) for home in homes))
    assert len(everything) > count
    assert everything <= homes[0].hashes()
    assert_agree(homes)
    twice = {id_ for id_, times in Counter(ids_in(TeamPaths(team).folder)).items() if times > 1}
    assert not twice
    assert all(home.waiting() == 0 for home in homes)


def test_some_kills(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, 12, 3, 20261123)


@pytest.mark.soak
def test_hundreds_of_kills(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"\nseed {seed}")
    kill_again_and_again(tmp_path, 250, 8, seed)
