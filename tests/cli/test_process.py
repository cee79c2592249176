"""``tavle`` as a process of its own: what it loads, closed pipes, full disks, interruptions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Tavle

TAVLE = (sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())")
WORDS = "sys.argv[1:] + ['do', 'contact.log', 'customer=Solgaarden', 'channel=phone', 'keywords=keys']"
HEAVY = {
    "dataclasses",
    "json",
    "app.desk",
    "app.settings",
    "platformdirs",
    "sqlite3",
    "textual",
    "sqlalchemy",
    "highspy",
}


def test_the_version_loads_next_to_nothing() -> None:
    code = f"import sys; from app.cli import main; main(['--version']); print(*{HEAVY} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == ""


def test_a_reader_who_has_seen_enough_is_no_error(demo: Tavle) -> None:
    words = (*TAVLE, "--home", str(demo.home), "list", "changes", "--json")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_one_line(demo: Tavle) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            (*TAVLE, "--home", str(demo.home), "list", "people"),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (3, b"tavle: No space left on device\n")


def raising(error: BaseException) -> Any:
    def run(*_words: object) -> int:
        raise error

    return run


def test_an_interruption_says_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.verbs.run", raising(KeyboardInterrupt()))
    ended = run("today")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_what_nobody_foresaw_is_one_line_without_what_people_wrote(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli.verbs.run", raising(RuntimeError("Mette Holm has the flu")))
    ended = run("today")
    assert (ended.code, ended.out) == (3, "")
    assert "RuntimeError at test_process.py" in ended.line
    assert "Mette" not in ended.line


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="a pipe that nobody writes to stands for a share that hangs"
)
def test_a_decision_does_not_wait_for_a_share_that_hangs(mette: Tavle) -> None:
    code = (
        "import sys, threading; from app.cli import deciding, main; from app.sync.files import Files; "
        "deciding.PATIENCE_SECONDS = 0.2; Files.open_to_read = lambda *_: threading.Event().wait(); "
        f"sys.exit(main({WORDS}))"
    )
    done = subprocess.run(
        (sys.executable, "-c", code, "--home", str(mette.home), "--json"),
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert done.stderr == "tavle: decided here, not shared yet: the team file does not answer\n"
    assert (done.returncode, json.loads(done.stdout)["offline"]) == (0, True)
    assert mette("list", "changes", "--where", "state=waiting")
