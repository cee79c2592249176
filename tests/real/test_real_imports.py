"""Files that nobody made for us: a city's complaints, a company's absences."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.instants import to_text
from app.store.rejected import rejected_lines
from tests.exchange.imports import bytes_of, counts, listed, map_file, take
from tests.real.where import real
from tests.support import make_desk

CITY = """
source = "nyc311"
timezone = "America/New_York"
[columns]
external = "unique_key"
customer = "agency_name"
text = ["complaint_type", "descriptor", "resolution_description"]
received_at = "created_date"
channel = "open_data_channel_type"
[formats]
received_at = "%Y-%m-%dT%H:%M:%S.%f"
[values.channel]
ONLINE = "web"
MOBILE = "web"
PHONE = "phone"
UNKNOWN = "other"
[create]
customers = true
"""
COMPANY = """
[columns]
person = "ID"
kind = "Reason for absence"
note = ["Social drinker", "Weight"]
[create]
people = true
"""
PRIVATE = ("Reason for absence", "Social drinker", "Social smoker", "Weight", "Height", "Body mass index")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path / "homes")
    yield opened
    opened.close()


def test_a_citys_thousand_complaints_come_in_and_can_be_triaged(desk: Desk, tmp_path: Path) -> None:
    path, map_ = real("complaints/nyc311-1000.csv"), map_file(tmp_path, CITY)
    report = take(desk, "complaints", path, map_)
    assert counts(report) == (1_000, 0, 0, 0)
    assert report.dropped_columns == ()
    assert report.made["customers"] > 5
    again = take(desk, "complaints", path, map_)
    assert (counts(again), again.made) == ((0, 0, 1_000, 0), {})
    with path.open(encoding="utf-8", newline="") as file:
        theirs = {line["unique_key"]: line for line in csv.DictReader(file)}
    ours = {one.external: one for one in listed(desk, "complaints")}
    assert ours.keys() == theirs.keys()
    for number, line in theirs.items():
        parts = (line["complaint_type"], line["descriptor"], line["resolution_description"])
        wanted = "\n".join(part.strip() for part in parts if part.strip())
        assert ours[number].text == wanted.replace("\r\n", "\n")
        assert ours[number].channel in ("web", "phone", "other")
    assert to_text(ours["60879417"].received_at) == "2024-04-16T07:03:15Z"
    desk.take("complaint.reject", ours["60879417"].id, {"reason": "Not one of our streets"})
    assert listed(desk, "complaints", external="60879417")[0].status == "rejected"


@pytest.mark.parametrize("text", [None, COMPANY])
def test_absences_without_dates_are_set_aside_without_what_is_private(
    desk: Desk, tmp_path: Path, text: str | None
) -> None:
    path = real("absences/uci-absenteeism.csv")
    report = take(desk, "absences", path, map_file(tmp_path, text) if text else None)
    assert counts(report) == (0, 0, 0, 740)
    assert report.dropped_columns == PRIVATE
    assert report.made == {}
    assert all("from is missing: no column of the file gives it" in one.why for one in report.rejected)
    aside = desk.ask(lambda view: rejected_lines(view.conn))
    assert len(aside) == 740
    assert {name for one in aside for name in one.cells} == {"person" if text else "external"}
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert [one.cells.get("person") or one.cells.get("external") for one in aside] == [
        line["ID"] for line in lines
    ]
    stored = bytes_of(tmp_path / "homes")
    assert [name for name in (*PRIVATE, "smoker", "239.554") if name.encode() in stored] == []
