"""An exchange in a process of its own, so that whoever answers keys in this one shares no interpreter with it.

The other process (``python -m app.sync``) asks before every step, so it gives way and stops as a thread would.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from app.sync.report import Progress, ShouldStop, ShowProgress, SyncReport

ASKS, TELLS, REPORTS = b"?", b"%", b"="
"""How the lines of the other process begin; JSON follows where there is something to say."""
GO_ON, STOP = b"+\n", b"-\n"


def sync_aside(
    database: Path, team: Path, now: datetime, by: str, progress: ShowProgress, should_stop: ShouldStop
) -> SyncReport | None:
    """As ``sync`` at this moment; None where no report came of it, because the process could not be run or ended.

    What it did until then stays done. Should this process end, the other does so after the step that it is at.
    """
    command = [sys.executable, "-P", "-m", "app.sync", str(database), str(team), now.isoformat(), by]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    with suppress(OSError, msgspec.MsgspecError), process:
        assert process.stdin is not None
        assert process.stdout is not None
        return _attend(process.stdout, process.stdin, progress, should_stop)
    return None


def _attend(
    told: IO[bytes], answers: IO[bytes], progress: ShowProgress, should_stop: ShouldStop
) -> SyncReport | None:
    for line in told:
        mark, said = line[:1], line[1:]
        if mark == ASKS:
            answers.write(STOP if should_stop() else GO_ON)
            answers.flush()
        elif mark == TELLS:
            progress(msgspec.json.decode(said, type=Progress))
        else:
            return msgspec.json.decode(said, type=SyncReport)
    return None
