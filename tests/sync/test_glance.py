"""A glance tells that something came into the team file's folder, and stays the same while nothing does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from app.sync.files import Files, Stat
from app.sync.glance import glance
from app.sync.layout import TeamPaths
from tests.sync.team import Home


def test_at_rest_it_stays_the_same(mette: Home) -> None:
    mette.decide()
    mette.sync()
    first = glance(mette.team)
    mette.sync()
    assert first == glance(mette.team)
    assert first is not None


def test_a_line_more_a_new_file_and_a_lost_one_are_seen(mette: Home, ole: Home) -> None:
    mette.decide()
    mette.sync()
    seen = [glance(ole.team)]
    mette.decide()
    mette.sync()
    seen.append(glance(ole.team))
    lane = TeamPaths(ole.team).folder / "lanes" / mette.lane
    copy = lane / "1-1 (conflicted copy).jsonl"
    copy.write_bytes(b"")
    seen.append(glance(ole.team))
    (lane / "1-1.jsonl").unlink()
    seen.append(glance(ole.team))
    assert all(one != other for one, other in pairwise(seen))
    assert None not in seen


def test_what_cannot_be_seen_is_not_taken_for_rest(mette: Home) -> None:
    """Faults 26 and 27: a file that cannot be asked for, a folder that is gone."""
    mette.decide()
    mette.sync()

    class Broken(Files):
        def stat(self, path: Path) -> Stat:
            raise PermissionError(13, "no", str(path))

    assert glance(mette.team, Broken()) is None
    mette.team.rename(mette.team.with_name("gone"))
    assert glance(mette.team) is None
