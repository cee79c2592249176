from datetime import UTC, datetime, timedelta

import pytest

from app.frame.format import ago, countdown, countdown_ink, day_and_time, phase_bar


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (29, "0:29"),
        (101, "1:41"),
        (319, "5:19"),
        (0, "0:00"),
        (23 * 60 + 59, "23:59"),
        (26 * 60 + 20, "1 d 2 h"),
        (47 * 60 + 59, "1 d 23 h"),
        (48 * 60, "2 days"),
    ],
)
def test_time_left(minutes: float, shown: str) -> None:
    assert countdown(timedelta(minutes=minutes)) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(12, "0:12 over"), (0.2, "0:01 over"), (26 * 60, "1 d over"), (951 * 1440, "951 d over")],
)
def test_time_over(minutes: float, shown: str) -> None:
    assert countdown(-timedelta(minutes=minutes)) == shown


def test_a_clock_that_runs_out_soon_is_red() -> None:
    assert countdown_ink(timedelta(minutes=29)) == "red"
    assert countdown_ink(timedelta(minutes=30)) == ""


def test_age() -> None:
    ages = (12, 300, 3 * 3600, 3 * 86400, -5)
    shown = [ago(timedelta(seconds=seconds)) for seconds in ages]
    assert shown == ["12 s ago", "5 min ago", "3 h ago", "3 days ago", "0 s ago"]


def test_day_and_time() -> None:
    assert day_and_time(datetime(2026, 11, 23, 6, 41, tzinfo=UTC)) == "Mon 23 Nov 06:41"


def test_phase_bar_says_it_in_figures_too() -> None:
    assert "".join(run.text for run in phase_bar(3, 6, 1)) == "■■■□□□ 3/6 ▲1"
    assert "".join(run.text for run in phase_bar(1, 100)) == "■□□□□□ 1/100"
    assert "".join(run.text for run in phase_bar(99, 100)) == "■■■■■□ 99/100"
    assert "".join(run.text for run in phase_bar(0, 0)) == "······"
