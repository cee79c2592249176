from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.worktime import Limit, Unit, WeekHours

NINE_TO_FIVE = ((540, 1020),)


def test_a_week_as_a_company_writes_it() -> None:
    week = WeekHours.parse("mon-fri 08:00-17:00; sat 10:00-14:00")
    assert week.days == (((480, 1020),),) * 5 + (((600, 840),), ())


@pytest.mark.parametrize(
    ("text", "open_days"),
    [
        ("mon 09:00-17:00", {0}),
        ("MON, Wed-Thu 9:00 – 17:00;", {0, 2, 3}),
        ("fri-mon 09:00-17:00", {4, 5, 6, 0}),
        ("tue 09:00-17:00; sun 09:00-17:00", {1, 6}),
    ],
)
def test_days_are_names_lists_and_ranges(text: str, open_days: set[int]) -> None:
    assert WeekHours.parse(text).days == tuple(NINE_TO_FIVE if day in open_days else () for day in range(7))


def test_a_day_may_have_several_hours_and_end_at_midnight() -> None:
    week = WeekHours.parse("mon 13:00-24:00, 00:00-06:00; mon 06:00-07:30")
    assert week.days[0] == ((0, 360), (360, 450), (780, 1440))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "name no day"),
        (" ; ", "name no day"),
        ("mon-fri", "are not hours"),
        ("08:00-17:00", "are not hours"),
        ("mon 8-17", "'8-17' are not hours"),
        ("mon-wed-fri 08:00-17:00", "are not hours"),
        ("man 08:00-17:00", "'man' is not a weekday"),
        ("mon- 08:00-17:00", "'' is not a weekday"),
        ("mon 08:00-24:01", "from 00:00 to 24:00"),
        ("mon 08:60-17:00", "from 00:00 to 24:00"),
        ("mon 22:00-06:00", "hours over midnight"),
        ("mon 08:00-08:00", "closes before it opens"),
        ("mon-fri 08:00-17:00; fri 08:00-15:00", "hours of fri overlap"),
        ("mon 08:00-17:00\x1b[31m\n", r"\\x1b"),
    ],
)
def test_hours_that_cannot_be_are_one_clear_line(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as error:
        WeekHours.parse(text)
    assert "\n" not in str(error.value)


@given(st.lists(st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True), min_size=7, max_size=7))
def test_hours_are_written_as_they_are_read(points: list[list[int]]) -> None:
    days = (sorted(day)[: len(day) // 2 * 2] for day in points)
    week = WeekHours(tuple(tuple(zip(day[::2], day[1::2], strict=True)) for day in days))
    assert WeekHours.parse(str(week)) == week


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30m", Limit(30, Unit.MINUTES)),
        ("2h", Limit(2, Unit.HOURS)),
        ("4wh", Limit(4, Unit.WORKING_HOURS)),
        (" 5 WD ", Limit(5, Unit.WORKING_DAYS)),
        ("3d", Limit(3, Unit.DAYS)),
        ("2w", Limit(2, Unit.WEEKS)),
        ("1mo", Limit(1, Unit.MONTHS)),
        ("3mo..6mo", Limit(6, Unit.MONTHS, 3)),
        ("0m", Limit(0, Unit.MINUTES)),
    ],
)
def test_limits_as_promises_write_them(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit
    assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a limit"),
        ("5", "not a limit"),
        ("5x", "not a limit"),
        ("-2h", "not a limit"),
        ("2.5h", "not a limit"),
        ("٢h", "not a limit"),
        ("1h 30m", "not a limit"),
        ("3mo..", "not a limit"),
        ("1d..2d..3d", "not a limit"),
        ("2h\n\x1b[31m", r"\\n\\x1b"),
        ("1d..2w", "same unit"),
        ("6mo..3mo", "ends before it begins"),
        ("3mo..3mo", "ends before it begins"),
        ("99999wd", "from 0 to 20 years"),
        ("9999999999999999m", "not a limit"),
    ],
)
def test_limits_that_cannot_be_are_one_clear_line(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as error:
        Limit.parse(text)
    assert "\n" not in str(error.value)


def test_the_package_needs_nothing_but_the_standard_library() -> None:
    """It could be lifted out: nothing of ours comes along but gettext's door."""
    program = (
        "import sys; before = set(sys.modules); import app.domain.worktime\n"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "ours = {n for n in sys.modules if n.startswith('app.') and 'worktime' not in n}\n"
        "print(sorted(root for root in roots - set(sys.stdlib_module_names) if root[0] != '_'), sorted(ours))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['app'] ['app.assets', 'app.domain', 'app.text']"
