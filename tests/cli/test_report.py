"""``report``: the month's complaints, told and written."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Tavle


def test_a_month_is_told_and_written(mette: Tavle, tmp_path: Path) -> None:
    mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=windows")
    found = mette("report", "--month", "2026-11", "--out", str(tmp_path / "a.md"))
    assert (found["month"], found["received"], found["not_answered"]) == ("2026-11", 1, 1)
    assert "| Received | 1 |" in (tmp_path / "a.md").read_text("utf-8")
    assert "is no month" in mette.refused(2, "report", "--month", "soon")
    assert "cannot be written" in mette.refused(2, "report", "--out", str(tmp_path / "a.pdf"))
    assert "Received" in mette.ends("report", "--mine").out


def test_due_counts_by_the_customers_own_promise_and_closed_days(mette: Tavle) -> None:
    own = ("external=P7", "title=x", "clock=working_days")
    mette("do", "promise.set", *own, "limit=2wd", "area=North")
    mette("do", "promise.set", *own, "limit=1wd", "customer=Klinik Nord")
    north = mette("list", "areas", "--where", "name=North")[0]["id"]
    mette("do", "area.change", north, "closed_days=2026-11-24")
    due = ("due", "P7", "2026-11-23T10:00")
    assert mette(*due)["due"] == "2026-11-26T10:00:00+01:00"
    assert mette(*due, "--customer", "Klinik Nord")["due"] == "2026-11-25T10:00:00+01:00"
    assert mette(*due, "--customer", "Bageriet Syd")["due"] == "2026-11-30T10:00:00+01:00"
    mette.refused(2, *due, "--customer", "Nobody")
