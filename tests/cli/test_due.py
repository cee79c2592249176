"""``due``: with a home and without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, Tavle


@pytest.fixture
def nowhere(run: Run, tmp_path: Path) -> Tavle:
    """A home that is not there, and is not made."""
    return Tavle(run, tmp_path / "nowhere")


def test_it_needs_no_home(nowhere: Tavle) -> None:
    assert nowhere("due", "2wd", "2026-11-20T10:00") == {
        "starts": "2026-11-20T10:00:00+01:00",
        "due": "2026-11-24T10:00:00+01:00",
    }
    assert nowhere.ends("due", "2h", "2026-11-23T06:00Z").out == (
        "starts    2026-11-23T07:00:00+01:00\ndue       2026-11-23T09:00:00+01:00\n"
    )
    assert not nowhere.home.exists()


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("2wd", "2026-11-24T10:00", "--before"), "2026-11-20T10:00:00+01:00"),
        (("1wd", "2026-12-04T10:00", "--country", "FI"), "2026-12-07T10:00:00+02:00"),
        (("1d", "2026-12-05T10:00+02:00", "--country", "FI"), "2026-12-06T10:00:00+02:00"),
        (("4wh", "2026-11-23T10:00", "--hours", "mon-fri 08:00-12:00"), "2026-11-24T10:00:00+01:00"),
        (("1wd", "2026-12-24T10:00", "--no-holidays"), "2026-12-25T10:00:00+01:00"),
        (("1h", "2026-11-23T10:00", "--timezone", "Europe/London"), "2026-11-23T11:00:00+00:00"),
        (("P0", "2026-11-23T10:00"), "2026-11-23T12:00:00+01:00"),
        (("p15A", "2026-11-23T10:00"), "2026-12-07T10:00:00+01:00"),
    ],
)
def test_what_can_be_said(nowhere: Tavle, words: tuple[str, ...], due: str) -> None:
    assert nowhere("due", *words)["due"] == due


def test_a_window_has_an_earliest_moment(nowhere: Tavle) -> None:
    found = nowhere("due", "P16", "2026-11-23T10:00")
    assert list(found) == ["starts", "earliest", "due"]


@pytest.mark.parametrize(
    "words",
    [
        ("soon", "2026-11-23"),
        ("2wd", "soon"),
        ("2wd", "2026-11-23", "--country", "Atlantis"),
        ("2wd", "2026-11-23", "--hours", "always"),
        ("2wd", "2026-11-23", "--timezone", "Mars/Olympus"),
        ("P99", "2026-11-23"),
        ("9999999wd", "2026-11-23"),
        ("1mo", "9999-12-31"),
        ("2h", "9999-12-31T23:59"),
        ("1mo", "0001-01-01T00:00+14:00"),
    ],
)
def test_what_cannot_be_read_is_one_line(nowhere: Tavle, words: tuple[str, ...]) -> None:
    assert nowhere.refused(2, "due", *words)


def test_a_home_gives_its_area_and_its_promises(mette: Tavle) -> None:
    mette(
        "do",
        "area.change",
        mette("list", "areas", "--where", "name=North")[0]["id"],
        "hours=mon-fri 08:00-10:00",
    )
    assert mette("due", "4wh", "2026-11-23T08:00")["due"] == "2026-11-24T10:00:00+01:00"
    mette(
        "do",
        "promise.set",
        "external=P0",
        "title=First feedback",
        "limit=1h",
        "clock=elapsed",
        "trigger=x",
        "duty=y",
    )
    assert mette("due", "P0", "2026-11-23T10:00")["due"] == "2026-11-23T11:00:00+01:00"
    assert mette("due", "P7", "2026-11-23T10:00")["due"].startswith("2026-12-01")
