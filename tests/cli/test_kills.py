"""``kill -9`` at any moment of a decision or a sync: nothing is lost, nothing is written twice."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Tavle

TAVLE = (sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())")
DECISION = ("do", "contact.log", "customer=Harbour Hotel", "channel=phone")


@pytest.mark.soak
def test_killed_decisions_happened_wholly_or_not_at_all(run: Run, tmp_path: Path) -> None:
    team = tmp_path / "share" / "north.tavle"
    team.parent.mkdir()
    mette, ole = (Tavle(run, tmp_path / name) for name in ("mette", "ole"))
    mette("init", "--team", team, "--name", "North", "--as", "Mette Holm")
    mette("do", "customer.add", "name=Harbour Hotel")
    ole("init", "--team", team, "--as", "Ole Dam")
    chance = random.Random(2)
    printed: set[str] = set()
    for number in range(60):
        words = (*TAVLE, "--home", str(mette.home), *DECISION, f"keywords=try {number}")
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.3, 1.6))
            process.kill()
            out, _err = process.communicate()
        printed.update(
            line.removeprefix("change ") for line in out.splitlines() if line.startswith("change ")
        )
    mette("sync")
    ole("sync")
    mine, theirs = (tavle("list", "contacts") for tavle in (mette, ole))
    assert mine == theirs
    words_said = [one["keywords"][0] for one in mine]
    assert len(words_said) == len(set(words_said))
    changes = {one["id"] for one in ole("list", "changes", "--where", "decision=contact.log")}
    assert printed <= changes
    assert len(changes) == len(mine)
    before = {path: path.read_bytes() for path in team.parent.rglob("*") if path.is_file()}
    assert mette("rebuild")
    assert mette("list", "contacts") == mine
    mette("sync")
    assert {path: path.read_bytes() for path in before} == before
    print(f"{len(mine)} of 60 decisions were committed before the kill, {len(printed)} had said so")
