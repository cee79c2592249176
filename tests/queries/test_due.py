from __future__ import annotations

import pytest

from app.queries.due import DueReport, due_report

PROMISES = {
    "P2": ("2wd", "backward"),
    "P5": (None, "backward"),
    "P7": ("5wd", "forward"),
    "P16": ("3mo..6mo", None),
}


def shown(report: DueReport) -> list[str]:
    return [moment.isoformat() for moment in (report.starts, report.due, report.earliest) if moment]


def test_denmark_in_office_hours_is_what_is_meant_when_nothing_is_said() -> None:
    """Maundy Thursday to Easter Monday are holidays, and the clock has changed on the way."""
    report = due_report("2wd", "2026-03-27T18:00+01:00")
    assert shown(report) == ["2026-03-30T08:00:00+02:00", "2026-04-01T08:00:00+02:00"]
    assert shown(due_report("1wd", "2026-04-01T10:00"))[1] == "2026-04-07T10:00:00+02:00"


def test_every_part_can_be_named() -> None:
    report = due_report(
        "1wd",
        "2026-12-04T12:00Z",
        country="FI",
        hours="sun 10:00-14:00",
        no_holidays=True,
        timezone="Europe/Oslo",
    )
    assert shown(report) == ["2026-12-06T10:00:00+01:00", "2026-12-13T10:00:00+01:00"]


def test_a_country_brings_its_zone_and_a_time_without_offset_is_in_it() -> None:
    assert shown(due_report("2h", "2026-11-23T08:00", country="FI"))[0] == "2026-11-23T08:00:00+02:00"
    assert (
        shown(due_report("2h", "2026-11-23", country="FI", timezone="Europe/Oslo"))[1][:16]
        == "2026-11-23T02:00"
    )


def test_before_an_event() -> None:
    assert shown(due_report("2wd", "2026-11-23T10:00", before=True))[1] == "2026-11-19T10:00:00+01:00"


def test_a_promise_counts_in_its_own_direction() -> None:
    backward = due_report("P2", "2026-11-23T10:00", promise_limit=PROMISES.get)
    assert shown(backward)[1] == "2026-11-19T10:00:00+01:00"
    forward = due_report("P7", "2026-11-23T10:00", promise_limit=PROMISES.get)
    assert shown(forward)[1] == "2026-11-30T10:00:00+01:00"


def test_a_window_has_its_earliest_moment() -> None:
    report = due_report("P16", "2026-08-31T08:00", promise_limit=PROMISES.get)
    assert shown(report)[1:] == ["2027-02-28T08:00:00+01:00", "2026-11-30T08:00:00+01:00"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"limit_text": "soon"}, "'soon' is not a limit"),
        ({"limit_text": "P99"}, "'P99' is not a limit"),
        ({"limit_text": "P5"}, "the promise 'P5' has no limit of its own"),
        ({"from_text": "yesterday"}, "'yesterday' is not a time"),
        ({"from_text": "0001-01-01T00:00+14:00"}, "is not a time"),
        ({"country": "XX"}, "no time zone is known for the country 'XX'"),
        ({"country": "XX", "timezone": "UTC"}, "no public holidays are known for the country 'XX'"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"hours": "always"}, "'always' are not hours"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(options: dict[str, str], why: str) -> None:
    asked = {"limit_text": "2h", "from_text": "2026-11-23T10:00"} | options
    with pytest.raises(ValueError, match=why) as error:
        due_report(**asked, promise_limit=PROMISES.get)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)
