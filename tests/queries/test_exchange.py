"""How the exchange stands: what waits and who has it, whose clock is off, what cannot be read, what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.joining import found, join
from app.queries import exchange
from app.settings import Joining, Settings
from app.sync.layout import TeamPaths
from tests.support import NOW, HandClock

Boards = Callable[..., Desk]


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
def boards(tmp_path: Path, clock: HandClock) -> Iterator[Boards]:
    """Opens the home of someone of one team; the first of them has founded it."""
    opened: list[Desk] = []
    team = tmp_path / "share" / "north.tavle"
    team.parent.mkdir()

    def board(name: str, at: HandClock = clock) -> Desk:
        settings = Settings(tmp_path / name, team=str(team))
        who = Joining(name, "supervisor")
        joined = join(settings, team, who, at) if opened else found(settings, team, "North", "DK", who, at)
        opened.append(Desk(joined.settings, clock=at))
        return opened[-1]

    yield board
    for desk in opened:
        desk.close()


def state(desk: Desk) -> exchange.ExchangeState:
    return desk.ask(exchange.exchange_state)


def test_a_decision_waits_is_written_and_is_delivered(boards: Boards, clock: HandClock) -> None:
    mette, ole = boards("Mette"), boards("Ole")
    mette.sync()
    mette.take("person.add", None, {"name": "Kim Lau"})
    assert [(one.decision, one.state, one.by) for one in state(mette).own][:1] == [
        ("person.add", "waiting", ())
    ]
    assert state(mette).waiting == 1
    mette.sync()
    assert (state(mette).own[0].state, state(mette).waiting) == ("written", 0)
    clock.advance(minutes=1)
    ole.sync()
    ole.take("person.add", None, {"name": "Pia Lund"})
    ole.sync()
    mette.sync()
    newest = state(mette).own[0]
    assert (newest.decision, newest.state, newest.by) == ("person.add", "delivered", (ole.actor.id,))
    (theirs,) = (one for one in state(mette).lanes if not one.own)
    assert (theirs.person, theirs.acknowledged, theirs.written) == (
        ole.actor.id,
        theirs.written,
        theirs.written,
    )
    assert theirs.heard_at == NOW + timedelta(minutes=1)


def test_a_decision_on_several_records_is_one_line(boards: Boards) -> None:
    mette = boards("Mette")
    people = [mette.take("person.add", None, {"name": name}).id for name in ("Kim", "Pia")]
    marked = [(one, kept.heads) for one in people if (kept := mette.record("people", one))]
    mette.take_each("person.change", marked, {"phone": "1"})
    several = [(one.decision, one.records) for one in state(mette).own if one.records > 1]
    assert ("person.change", 2) in several


def test_a_clock_that_is_ahead_is_told_and_does_no_harm(boards: Boards, clock: HandClock) -> None:
    mette = boards("Mette")
    mette.sync()
    boards("Ole", HandClock(NOW + timedelta(hours=3)))
    clock.advance(minutes=1)
    mette.sync()
    assert mette.ask(exchange.clocks) == (("Ole", timedelta(hours=2, minutes=59)),)
    assert [one.clock_off_minutes for one in state(mette).lanes] == [0, 179]
    clock.advance(hours=3)
    assert mette.ask(exchange.clocks) == ()


def test_lines_and_files_that_cannot_be_read_are_told(boards: Boards, tmp_path: Path) -> None:
    mette, ole = boards("Mette"), boards("Ole")
    paths = TeamPaths(tmp_path / "share" / "north.tavle")
    segment = next(paths.file(f"lanes/{ole.member.lane}").iterdir())
    with segment.open("ab") as file:
        file.write(b"\x1b[2Jgarb\xff\n")
    (paths.file(f"lanes/{ole.member.lane}") / "copy.jsonl").mkdir()
    mette.sync()
    (line,) = state(mette).quarantined
    assert line.file == f"lanes/{ole.member.lane}/{segment.name}"
    assert (line.bytes, line.size) == ("␛[2Jgarb\\xff", 9)
    assert segment.read_bytes()[line.offset :] == b"\x1b[2Jgarb\xff\n"
    assert "doctor" in line.mend


def test_the_last_exchanges_are_kept_and_one_at_rest_is_not(boards: Boards, tmp_path: Path) -> None:
    mette = boards("Mette")
    mette.take("person.add", None, {"name": "Kim Lau"})
    for _again in range(3):
        mette.sync()
    share = tmp_path / "share"
    share.rename(tmp_path / "gone")
    for _again in range(3):
        mette.sync()
    (tmp_path / "gone").rename(share)
    mette.sync()
    log = state(mette).log
    assert [(bool(one.problem), one.pushed > 0) for one in log[:3]] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert len(log) == 3
