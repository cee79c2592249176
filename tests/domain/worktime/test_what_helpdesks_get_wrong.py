"""What promise clocks are known to get wrong, each on a real day of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.worktime import Calendar, Due, Limit, Pause, WeekHours, due, worked

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OFFICE = Calendar(COPENHAGEN, WeekHours.parse("mon-fri 08:00-17:00"))
ROUND_THE_CLOCK = Calendar(COPENHAGEN, WeekHours.parse("mon-sun 00:00-24:00"))
EASTER_2026 = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6)})


def at(text: str) -> datetime:
    """An instant; without an offset, Copenhagen's."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)).astimezone(UTC)


def pause(start: str, end: str | None) -> Pause:
    return at(start), at(end) if end else None


def ends(
    limit: str, start: str, calendar: Calendar = OFFICE, *, pauses: Iterable[Pause] = ()
) -> datetime | None:
    return due(Limit.parse(limit), at(start), calendar, pauses=pauses).due


def before(limit: str, event: str, calendar: Calendar = OFFICE) -> Due:
    return due(Limit.parse(limit), at(event), calendar, backward=True)


# Received out of hours


def test_two_hours_run_at_night_too() -> None:
    found = due(Limit.parse("2h"), at("2026-11-23T05:10"), OFFICE)
    assert found == Due(at("2026-11-23T05:10"), at("2026-11-23T07:10"))


@pytest.mark.parametrize(
    "received",
    ["2026-11-20T17:00", "2026-11-20T23:59", "2026-11-21T12:00", "2026-11-23T00:00", "2026-11-23T08:00"],
)
def test_a_ticket_received_out_of_hours_starts_at_the_next_opening(received: str) -> None:
    found = due(Limit.parse("4wh"), at(received), OFFICE)
    assert found == Due(at("2026-11-23T08:00"), at("2026-11-23T12:00"))


def test_a_minute_before_closing_is_still_that_day() -> None:
    assert ends("1wd", "2026-11-20T16:59") == at("2026-11-23T16:59")
    assert ends("1wh", "2026-11-20T16:59") == at("2026-11-23T08:59")


def test_working_hours_that_fill_the_day_end_at_its_closing() -> None:
    assert ends("9wh", "2026-11-23T08:00") == at("2026-11-23T17:00")


def test_hours_with_a_break_at_noon() -> None:
    broken = replace(OFFICE, hours=WeekHours.parse("mon-fri 08:00-12:00, 13:00-17:00"))
    assert ends("4wh", "2026-11-23T10:00", broken) == at("2026-11-23T15:00")
    assert ends("1wd", "2026-11-23T12:30", broken) == at("2026-11-24T13:00")


# Days counted as hours


def test_five_working_days_end_at_the_same_time_of_day_a_week_later() -> None:
    assert ends("5wd", "2026-11-23T10:15") == at("2026-11-30T10:15")


def test_one_working_day_is_not_24_hours() -> None:
    assert ends("1wd", "2026-11-20T10:15") == at("2026-11-23T10:15")
    assert ends("24h", "2026-11-20T10:15") == at("2026-11-21T10:15")
    assert ends("9wh", "2026-11-20T10:15") == at("2026-11-23T10:15")


def test_a_working_day_keeps_its_time_of_day_on_a_short_saturday() -> None:
    saturdays = replace(OFFICE, hours=WeekHours.parse("mon-fri 08:00-17:00; sat 10:00-14:00"))
    assert ends("1wd", "2026-11-20T16:30", saturdays) == at("2026-11-21T16:30")


def test_public_holidays_and_closed_days_are_no_working_days() -> None:
    easter = replace(OFFICE, holidays=EASTER_2026.__contains__, closed=frozenset({date(2026, 4, 7)}))
    assert ends("2wd", "2026-04-01T09:00", easter) == at("2026-04-09T09:00")
    assert ends("1wd", "2026-04-04T09:00", easter) == at("2026-04-09T08:00")


def test_three_days_before_are_calendar_days_and_two_weeks_are_fourteen() -> None:
    assert before("3d", "2026-11-23T10:00").due == at("2026-11-20T10:00")
    assert ends("2w", "2026-11-20T18:00") == at("2026-12-04T18:00")


# Months


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-01-31T10:00", "1mo", "2026-02-28T10:00"),
        ("2028-01-31T10:00", "1mo", "2028-02-29T10:00"),
        ("2026-02-28T10:00", "1mo", "2026-03-28T10:00"),
        ("2026-08-31T10:00", "1mo", "2026-09-30T10:00"),
        ("2026-11-30T10:00", "3mo", "2027-02-28T10:00"),
        ("2026-12-15T10:00", "12mo", "2027-12-15T10:00"),
    ],
)
def test_a_month_ends_on_the_same_day_of_the_month_or_on_its_last(start: str, limit: str, end: str) -> None:
    assert ends(limit, start) == at(end)


def test_a_month_before_the_last_of_march() -> None:
    assert before("1mo", "2027-03-31T10:00").due == at("2027-02-28T10:00")


def test_a_window_has_an_earliest_and_a_latest_moment() -> None:
    """The financial follow-up three to six months after the start (SE C-3)."""
    found = due(Limit.parse("3mo..6mo"), at("2026-08-31T08:00"), OFFICE)
    assert found == Due(at("2026-08-31T08:00"), due=at("2027-02-28T08:00"), earliest=at("2026-11-30T08:00"))


def test_a_window_before_an_event_opens_at_its_longer_end() -> None:
    assert before("1w..3w", "2026-11-23T10:00") == Due(
        at("2026-11-23T10:00"), due=at("2026-11-16T10:00"), earliest=at("2026-11-02T10:00")
    )


# Backwards


def test_notice_two_working_days_before_a_monday_is_due_on_thursday() -> None:
    assert before("2wd", "2026-11-23T10:00").due == at("2026-11-19T10:00")


def test_before_an_event_out_of_hours_the_clock_starts_at_the_closing_before() -> None:
    assert before("2wd", "2026-11-22T12:00") == Due(at("2026-11-20T17:00"), at("2026-11-18T17:00"))
    assert before("4wh", "2026-11-23T07:00") == Due(at("2026-11-20T17:00"), at("2026-11-20T13:00"))


def test_before_an_event_at_opening_the_time_of_day_holds() -> None:
    assert before("2wd", "2026-11-23T08:00") == Due(at("2026-11-23T08:00"), at("2026-11-19T08:00"))
    assert before("9wh", "2026-11-23T08:00").due == at("2026-11-20T08:00")
    assert before("1wd", "2026-11-23T17:00").due == at("2026-11-20T17:00")


def test_three_times_24_hours_before_are_elapsed() -> None:
    assert before("72h", "2026-03-30T10:00").due == at("2026-03-27T09:00")


# Both changes of the clock: 29 March and 25 October 2026


def test_two_hours_are_two_hours_over_both_changes_of_the_clock() -> None:
    assert ends("2h", "2026-03-29T01:30") == at("2026-03-29T04:30")
    assert ends("2h", "2026-10-25T01:30") == at("2026-10-25T02:30+01:00")


def test_days_keep_the_time_of_day_over_both_changes_of_the_clock() -> None:
    assert ends("3d", "2026-03-27T10:00") == at("2026-03-30T10:00+02:00")
    assert ends("1wd", "2026-10-23T10:00") == at("2026-10-26T10:00+01:00")
    assert ends("1mo", "2026-10-10T10:00") == at("2026-11-10T10:00+01:00")


def test_a_time_that_the_change_skips_or_repeats() -> None:
    assert ends("1d", "2026-03-28T02:30") == at("2026-03-29T03:30+02:00")
    assert ends("1d", "2026-10-24T02:30") == at("2026-10-25T02:30+02:00")
    assert ends("0d", "2026-10-25T02:30+01:00") == at("2026-10-25T02:30+01:00")
    assert before("0d", "2026-10-25T02:30+01:00").due == at("2026-10-25T02:30+01:00")


def test_working_hours_of_a_night_are_23_and_25() -> None:
    assert worked(ROUND_THE_CLOCK, at("2026-03-29T00:00"), at("2026-03-30T00:00")) == timedelta(hours=23)
    assert worked(ROUND_THE_CLOCK, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == timedelta(hours=25)


def test_hours_of_the_night_are_what_the_wall_clock_shows() -> None:
    nights = replace(OFFICE, hours=WeekHours.parse("sun 02:15-02:45"))
    assert worked(nights, at("2026-03-29T00:00"), at("2026-03-30T00:00")) == timedelta()
    assert worked(nights, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == timedelta(hours=1)


# Pauses


def test_a_pause_over_a_weekend_costs_its_working_time_alone() -> None:
    over = [pause("2026-11-20T16:00", "2026-11-23T09:00")]
    assert ends("4wh", "2026-11-20T14:00", pauses=over) == at("2026-11-23T11:00")
    assert ends("5wd", "2026-11-20T14:00", pauses=over) == at("2026-11-27T16:00")
    assert ends("24h", "2026-11-20T14:00", pauses=over) == at("2026-11-24T07:00")
    assert ends("3d", "2026-11-20T14:00", pauses=over) == at("2026-11-26T07:00")


def test_a_whole_working_day_paused_is_one_working_day_more() -> None:
    tuesday = [pause("2026-11-24T08:00", "2026-11-24T17:00")]
    assert ends("2wd", "2026-11-23T10:15", pauses=tuesday) == at("2026-11-26T10:15")
    assert ends("2wd", "2026-11-22T10:15", pauses=tuesday) == at("2026-11-26T08:00")


def test_a_pause_outside_of_the_clock_or_of_the_hours_changes_nothing() -> None:
    outside = [pause("2026-11-20T08:00", "2026-11-23T08:00"), pause("2026-11-23T18:00", "2026-11-24T06:00")]
    assert ends("1wd", "2026-11-23T08:30", pauses=outside) == at("2026-11-24T08:30")
    assert ends("9wh", "2026-11-23T08:30", pauses=outside) == at("2026-11-24T08:30")
    assert ends("2h", "2026-11-23T08:30", pauses=outside) == at("2026-11-23T10:30")


def test_pauses_that_overlap_count_once_in_any_order() -> None:
    twice = [pause("2026-11-23T10:00", "2026-11-23T11:00"), pause("2026-11-23T09:00", "2026-11-23T10:30")]
    assert ends("2h", "2026-11-23T08:30", pauses=twice) == at("2026-11-23T12:30")
    assert ends("2h", "2026-11-23T08:30", pauses=reversed(twice)) == at("2026-11-23T12:30")


@pytest.mark.parametrize("limit", ["2h", "2wh", "1wd", "1d", "1mo"])
def test_a_clock_that_still_stands_has_no_end_and_one_that_ran_out_before_has(limit: str) -> None:
    assert ends(limit, "2026-11-23T10:00", pauses=[pause("2026-11-23T11:00", None)]) is None
    late = [pause("2027-01-01T11:00", None)]
    assert ends(limit, "2026-11-23T10:00", pauses=late) == ends(limit, "2026-11-23T10:00")


def test_a_clock_of_working_days_never_runs_out_within_a_pause() -> None:
    over_the_weekend = pause("2026-11-20T17:30", "2026-11-23T12:00")
    assert ends("1wd", "2026-11-18T18:00", pauses=[over_the_weekend]) == at("2026-11-20T08:00")
    assert ends("1wd", "2026-11-19T18:00", pauses=[over_the_weekend]) == at("2026-11-23T12:00")
    assert ends("1wd", "2026-11-19T18:00", pauses=[pause("2026-11-20T17:30", None)]) is None


def test_a_clock_runs_out_although_a_pause_begins_that_very_moment() -> None:
    for limit in ("1wd", "9wh", "24h", "1d"):
        assert ends(limit, "2026-11-23T10:00", pauses=[pause("2026-11-24T10:00", None)]) == at(
            "2026-11-24T10:00"
        )


def test_at_once_is_at_once_even_in_a_pause() -> None:
    assert ends("0m", "2026-11-21T10:00", pauses=[pause("2026-11-21T00:00", None)]) == at("2026-11-21T10:00")


# A changed calendar


def test_a_changed_calendar_changes_the_answer() -> None:
    with_easter = replace(OFFICE, holidays=EASTER_2026.__contains__)
    longer = replace(OFFICE, hours=WeekHours.parse("mon-fri 07:00-19:00"))
    assert ends("2wd", "2026-04-01T18:00", OFFICE) == at("2026-04-06T08:00")
    assert ends("2wd", "2026-04-01T18:00", with_easter) == at("2026-04-09T08:00")
    assert ends("2wd", "2026-04-01T18:00", longer) == at("2026-04-03T18:00")


# Bad input and far ends


def test_what_cannot_be_is_one_clear_line() -> None:
    limit, start = Limit.parse("1wd"), at("2026-11-23T10:00")
    with pytest.raises(ValueError, match="no offset"):
        due(limit, datetime(2026, 11, 23, 10), OFFICE)  # noqa: DTZ001 - the error is what is tested
    with pytest.raises(ValueError, match="pause ends before it begins"):
        due(limit, start, OFFICE, pauses=[pause("2026-11-23T10:00", "2026-11-23T09:00")])
    with pytest.raises(ValueError, match="before an event cannot be paused"):
        due(limit, start, OFFICE, backward=True, pauses=[pause("2026-11-23T10:00", None)])
    with pytest.raises(ValueError, match="leaves the calendar"):
        due(Limit.parse("2mo"), at("9999-12-01T10:00"), OFFICE)
    with pytest.raises(ValueError, match="leaves the calendar"):
        due(limit, at("0001-01-01T10:00"), OFFICE, backward=True)


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("limit", ["1wd", "1wh"])
def test_a_calendar_that_never_opens_is_said_so(limit: str, backward: bool) -> None:
    never = replace(OFFICE, holidays=lambda _day: True)
    with pytest.raises(ValueError, match="too few opening hours"):
        due(Limit.parse(limit), at("2026-11-23T10:00"), never, backward=backward)


def test_time_worked_counts_down_below_nothing() -> None:
    assert worked(OFFICE, at("2026-11-20T16:00"), at("2026-11-23T09:00")) == timedelta(hours=2)
    assert worked(OFFICE, at("2026-11-23T09:00"), at("2026-11-20T16:00")) == -timedelta(hours=2)
