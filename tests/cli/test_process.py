"""``tavle`` as a process of its own: what it loads, closed pipes, full disks, interruptions."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import answering
from app.sync.files import Files
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no signal is sent to a process as Ctrl+C sends it")
def test_whoever_syncs_with_a_share_that_hangs_is_told_since_when_and_can_stop(mette: Tavle) -> None:
    code = (
        "import signal, sys, threading; from app.cli import answering, main; from app.sync.files import Files; "
        "answering.TOLD_SECONDS = 0.1; Files.open_to_read = lambda *_: threading.Event().wait(); "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "  # a job in the background ignores it
        "sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, "--home", str(mette.home), "sync"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    shape = r"tavle: the team file has not answered since \d\d:\d\d:\d\d; Ctrl\+C stops waiting\n"
    assert re.fullmatch(shape, said)
    assert (process.returncode, out, err) == (130, "", "")


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A share that does not answer until the test is over, and is soon given up."""
    over = threading.Event()
    before = set(threading.enumerate())

    def open_to_read(_files: Files, path: Path) -> int:
        over.wait()
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    monkeypatch.setattr(Files, "open_to_read", open_to_read)
    monkeypatch.setattr(answering, "END_SECONDS", 0.1)
    yield
    over.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)


@pytest.mark.usefixtures("hanging")
def test_a_sync_with_a_share_that_hangs_for_good_ends_as_offline(mette: Tavle) -> None:
    """Fault 26."""
    ended = mette.ends("sync", "--json")
    assert (ended.code, ended.json["offline"]) == (3, True)
    assert ended.json["waiting"] == len(mette("list", "changes", "--where", "state=waiting"))
    assert ended.line == ended.json["problem"]
    assert ended.line.startswith("the team file has not answered since ")


@pytest.mark.usefixtures("hanging")
def test_the_doctor_tells_of_a_share_that_hangs_beside_all_else(mette: Tavle) -> None:
    found = mette("doctor")
    assert found[0]["what"] == "the settings can be read"
    assert found[-1]["what"].startswith("the team file has not answered since ")
    assert "share" in found[-1]["mend"]


def test_the_doctor_who_leaves_the_team_file_alone_knows_that_there_is_one(mette: Tavle) -> None:
    found = mette("doctor", "--offline")
    assert found[0] == {"what": "the settings can be read", "severity": "ok", "mend": None}
