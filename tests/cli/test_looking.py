"""``today``, ``list`` and ``show``: the shapes of the contract."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from app.cli import main
from app.domain.kinds import KINDS
from tests.cli.conftest import Tavle

FIELDS = {
    "areas": "name country timezone hours supervisor",
    "people": "name role area firm phone email location languages skills consent_at active",
    "customers": "name area address location status contract_start contract_end modules",
    "agreements": "customer task place frequency included note",
    "shifts": "customer start end person skills status cancel_reason agreed_with manned offers",
    "absences": "person kind from until reported_at reported_by acute called_at status approved_by approved_at note "
    "certificate_requested_at uncovered",
    "complaints": "customer received_at channel text status read_at read_by reply replied_at reply_by agreement "
    "talk_needed plan solve_by assignee reason extra_work agreed_with when solved_at note closed_by closed_at",
    "contacts": "customer person complaint at channel keywords text follow_up",
    "promises": "title trigger duty limit clock direction compensation area customer",
    "plans": "customer template started_on progress end_reason",
    "rows": "plan row phase titles think_about responsible due done_on notes signed_by signed_at signed_text differs",
    "modules": "title version pass_mark themes",
    "questions": "module kind text options feedback",
    "attempts": "module version person at answers score passed trainer",
    "register": "person module attendance at version valid",
    "conflicts": "record fields heads",
    "changes": "at by on decision set state",
}
"""The table of the contract."""


@pytest.mark.parametrize("kind", FIELDS)
def test_a_record_has_the_fields_of_the_contract(demo: Tavle, kind: str) -> None:
    found = demo("list", kind)
    assert found, f"the demo has no {kind}"
    for one in found:
        assert {"id", "external", "contested", *FIELDS[kind].split()} <= one.keys()
        assert "heads" not in one or kind == "conflicts"
    assert [one["id"] for one in found] == sorted(one["id"] for one in found)


@pytest.mark.parametrize("kind", [*KINDS, "conflicts", "changes"])
def test_every_kind_is_listed_for_people_too(demo: Tavle, kind: str) -> None:
    ended = demo.ends("list", kind)
    assert ended.code == 0
    assert len(ended.out.splitlines()) == len(demo("list", kind)) + 1


def test_times_have_the_offset_of_the_area(mette: Tavle) -> None:
    shift = mette("list", "shifts")[0]
    assert shift["start"].endswith("+01:00")
    assert datetime.fromisoformat(shift["start"]) < datetime.fromisoformat(shift["end"])
    mette(
        "do",
        "area.change",
        mette("list", "areas", "--where", "name=South")[0]["id"],
        "timezone=Europe/Helsinki",
    )
    south = mette("list", "customers", "--where", "name=Bageriet Syd")[0]["id"]
    (there,) = mette("list", "shifts", "--where", f"customer={south}")
    assert there["start"].endswith("+02:00")


def test_where_takes_names_prefixes_and_computed_fields(mette: Tavle) -> None:
    jonas = mette("list", "people", "--where", "name=Jonas Berg")[0]["id"]
    by_name = mette("list", "shifts", "--where", "person=Jonas Berg")
    assert len(by_name) == 2
    assert by_name == mette("list", "shifts", "--where", f"person={jonas[:8]}")
    mette("do", "absence.report", "person=Jonas Berg", "kind=sick", "from=now", "reported_by=phone")
    assert {one["id"] for one in by_name} == {
        one["id"] for one in mette("list", "shifts", "--where", "manned=no")
    }
    assert len(mette("list", "absences", "--where", "acute=yes", "--where", "status=reported")) == 1
    assert mette("list", "people", "--where", "firm=") == mette("list", "people")


def test_limit_and_mine(mette: Tavle) -> None:
    assert len(mette("list", "people")) == 11
    assert mette("list", "people", "--limit", "2") == mette("list", "people")[:2]
    assert mette("list", "people", "--limit", 0) == []
    assert {one["name"] for one in mette("list", "customers", "--mine")} == {
        "Havnens Kontor",
        "Solgaarden",
        "Klinik Nord",
    }


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("list", "dragons"), "no kind dragons; there are: "),
        (("list", "people", "--where", "colour=red"), "people have no field colour"),
        (("list", "changes", "--where", "colour=red"), "changes have no field colour"),
        (("list", "conflicts", "--where", "colour=red"), "conflicts have no field colour"),
        (("list", "people", "--where", "role=king"), "king"),
        (("list", "shifts", "--where", "person=Nobody"), "Nobody"),
        (("list", "shifts", "--where", "start=soon"), "soon"),
        (("show", "abc"), "4 characters"),
        (("show", "ffffffff"), "no record"),
        (("show", "Mette Holm"), "not an id"),
    ],
)
def test_what_is_not_there(mette: Tavle, words: tuple[str, ...], what: str) -> None:
    assert what in mette.refused(2, *words)


def test_show_tells_the_whole_history(mette: Tavle) -> None:
    received = mette(
        "do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=The windows are dirty"
    )
    mette("do", "complaint.acknowledge", received["id"], "reply=We come today")
    shown = mette("show", received["id"][:8])
    assert shown["status"] == "acknowledged"
    assert [one["decision"] for one in shown["history"]] == ["complaint.receive", "complaint.acknowledge"]
    first = shown["history"][0]
    assert first.keys() == {"change", "at", "by", "decision", "set"}
    assert first["change"] == received["change"]
    assert first["set"]["text"] == "The windows are dirty"
    assert datetime.fromisoformat(first["at"]).utcoffset() is not None
    words = mette.ends("show", received["id"]).out
    assert "Mette Holm" in words
    assert "We come today" in words


def test_a_change_and_a_conflict_are_shown(mette: Tavle, demo: Tavle) -> None:
    done = mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=Dirty")
    change = mette("show", done["change"])
    assert (change["decision"], change["on"], change["state"]) == (
        "complaint.receive",
        ["complaints", done["id"]],
        "waiting",
    )
    conflict = demo("list", "conflicts")[0]
    shown = demo("show", conflict["id"])
    assert {**shown, "history": []} == {**conflict, "history": []}
    assert {head["change"] for head in conflict["heads"]} <= {one["change"] for one in shown["history"]}
    assert all(head.keys() >= {"change", "by", "at", "set"} for head in conflict["heads"])


def test_changes_by_whom_and_of_what(mette: Tavle) -> None:
    done = mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=Dirty")
    undone = mette("do", "contact.log", "customer=Solgaarden", "channel=phone", "keywords=windows")
    assert [one["id"] for one in mette("list", "changes", "--where", "state=waiting")] == sorted(
        (done["change"], undone["change"])
    )
    by = mette("list", "changes", "--where", "by=Mette Holm", "--where", "decision=contact.log")
    assert [one["on"] for one in by] == [["contacts", undone["id"]]]
    assert mette("list", "changes", "--where", f"on={done['id']}")[0]["id"] == done["change"]


def test_an_undo_of_an_undo_is_called_redo(mette: Tavle) -> None:
    absence = mette(
        "do", "absence.report", "person=Emil Dahl", "kind=holiday", "from=tomorrow", "reported_by=phone"
    )
    mette("do", "absence.withdraw", absence["id"], "reason=Typed twice")
    mette("undo")
    again = mette("redo")
    assert again["status"] == "withdrawn"
    assert [one["decision"] for one in mette("show", absence["id"])["history"]][-2:] == ["undo", "redo"]
    assert mette("list", "changes", "--where", "decision=redo")[0]["id"] == again["change"]


def test_today_is_in_its_order(demo: Tavle) -> None:
    items = demo("today")
    assert all(item.keys() == {"kind", "id", "title", "state", "due", "reason"} for item in items)
    assert {item["kind"] for item in items} >= {"shift", "absence", "complaint"}
    assert items[0]["kind"] == "shift"
    assert items[0]["state"] == "red"
    lines = demo.ends("today").out.splitlines()
    assert len(lines) == len(items) + 1
    assert items[0]["title"] in lines[1]


def test_a_clear_day_says_so(mette: Tavle) -> None:
    assert mette("today") == []
    assert mette.ends("today").out == "Day clear\n"


HOSTILE = '[/b] [red]x \x1b[31m "; DROP \x9b31m \u202e'


def test_hostile_text_is_kept_and_never_steers_the_terminal(mette: Tavle) -> None:
    done = mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", f"text={HOSTILE}")
    raw = mette.ends("--json", "show", done["id"])
    assert raw.json["text"] == HOSTILE.strip()
    for shown in (raw.out, mette.ends("show", done["id"]).out, mette.ends("list", "complaints").out):
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert "[/b] [red]x ␛[31m" in mette.ends("show", done["id"]).out


class Narrow:
    """A terminal of 40 columns that knows colours."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_colour_only_on_a_terminal_and_never_against_ones_will(
    demo: Tavle, monkeypatch: pytest.MonkeyPatch, no_colour: str
) -> None:
    terminal = Narrow()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr("sys.stdout", terminal)
    assert main(["--home", str(demo.home), "--now", demo.now, "today"]) == 0
    assert ("\x1b[31mred\x1b[0m" in terminal.text) is not bool(no_colour)
    plain = (
        terminal.text.replace("\x1b[31m", "")
        .replace("\x1b[33m", "")
        .replace("\x1b[32m", "")
        .replace("\x1b[0m", "")
    )
    assert max(map(len, plain.splitlines())) == 40


def test_json_for_a_terminal_that_knows_no_danish(mette: Tavle, monkeypatch: pytest.MonkeyPatch) -> None:
    mette("do", "person.add", "name=Bjørn Ås", "role=office")
    terminal: Any = Narrow()
    terminal.encoding = "ascii"
    monkeypatch.setattr("sys.stdout", terminal)
    assert main(["--home", str(mette.home), "list", "people", "--where", "role=office", "--json"]) == 0
    assert "Bj\\u00f8rn \\u00c5s" in terminal.text
    terminal.text = ""
    assert main(["--home", str(mette.home), "list", "people", "--where", "role=office"]) == 0
    assert "Bj?rn ?s" in terminal.text


def test_a_record_is_told_in_names_and_local_times(mette: Tavle) -> None:
    shift = mette("list", "shifts", "--where", "person=Sara Lind")[0]["id"]
    mette("do", "shift.assign", shift, "person=Aksel Toft")
    told = mette.ends("show", shift).out.split("History\n")[1]
    assert "2026-11-23 06:40  Mette Holm  shift.assign\n" in told
    assert "    person: Aksel Toft\n" in told
    assert "customer: Solgaarden" in told
    assert "start: 2026-11-2" in told
    assert "T07:00:00Z" not in told


def test_both_sides_of_what_contends_are_told(demo: Tavle) -> None:
    conflict = demo("list", "conflicts")[0]
    sides = [demo("show", head["change"]) for head in conflict["heads"]]
    for id_ in (conflict["record"], conflict["id"]):
        told = demo.ends("show", id_).out.split("\nHistory\n")[0]
        for side in sides:
            assert f"keep={side['change']}" in told
            assert f"phone: {side['set']['phone']}" in told
    assert demo.ends("list", "conflicts").out.split("\n")[1].split("  ")[1].startswith("person ")
