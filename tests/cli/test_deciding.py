"""``do``, ``undo`` and ``redo``: what they take, what they answer, and what stands against them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Tavle


@pytest.fixture
def complaint(mette: Tavle) -> str:
    """A complaint that waits."""
    done = mette(
        "do", "complaint.receive", "customer=Havnens Kontor", "channel=phone", "text=The kitchen is dirty"
    )
    assert done["status"] == "waiting"
    return str(done["id"])


def test_a_decision_answers_with_its_change_and_the_record_afterwards(mette: Tavle, complaint: str) -> None:
    ended = mette.ends("--json", "do", "complaint.reject", complaint[:8], "reason=Not agreed")
    done = ended.json
    assert (ended.code, done["id"], done["status"], done["reason"]) == (
        0,
        complaint,
        "rejected",
        "Not agreed",
    )
    assert done["offline"] is True
    assert "not shared yet" in ended.line
    assert mette("show", complaint)["history"][-1]["change"] == done["change"]


def test_offline_is_not_even_tried(mette: Tavle, complaint: str) -> None:
    ended = mette.ends("--json", "--offline", "do", "complaint.read", complaint)
    assert (ended.code, ended.err, ended.json["offline"]) == (0, "", True)


def test_a_warning_goes_to_standard_error(mette: Tavle) -> None:
    vague = mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=Not good enough")
    ended = mette.ends("--offline", "--json", "do", "complaint.reject", vague["id"], "reason=Not agreed")
    assert (ended.code, ended.json["status"]) == (0, "rejected")
    assert "talk to the customer" in ended.line


def test_undo_and_redo(mette: Tavle, complaint: str) -> None:
    done = mette("do", "complaint.reject", complaint, "reason=Not agreed")
    undone = mette("undo")
    assert (undone["id"], undone["status"]) == (complaint, "waiting")
    assert undone.keys() == done.keys()
    assert mette("redo")["status"] == "rejected"
    assert mette("undo", done["change"])["status"] == "waiting"
    assert mette("redo", done["change"])["status"] == "rejected"


def test_undoing_what_made_a_record_leaves_none(mette: Tavle) -> None:
    done = mette("do", "person.add", "name=Ida Krogh", "role=supervisor")
    undone = mette("undo")
    assert undone.keys() == {"change", "id", "offline", "problem"}
    assert undone["id"] == done["id"]
    assert done["id"] not in {one["id"] for one in mette("list", "people")}


@pytest.mark.parametrize(
    ("code", "words", "what"),
    [
        (2, ("complaint.reject", "{id}"), "reason is missing"),
        (2, ("complaint.reject", "{id}", "reason= "), "reason is missing"),
        (2, ("complaint.reject", "reason=x"), "needs the id"),
        (2, ("complaint.reject", "{id}", "colour=red"), "colour"),
        (2, ("complaint.reject", "ffffffff", "reason=x"), "ffffffff"),
        (2, ("complaint.sing", "{id}"), "no decision complaint.sing"),
        (2, ("complaint.receive", "{id}", "customer=Solgaarden", "channel=phone", "text=x"), "give no id"),
        (2, ("complaint.receive", "customer=Nobody", "channel=phone", "text=x"), "Nobody"),
        (2, ("absence.report", "person=Emil Dahl", "kind=sick", "from=2026-13-01", "reported_by=phone"), "2026-13-01"),
        (2, ("absence.report", "person=Emil Dahl", "kind=tired", "from=now", "reported_by=phone"), "tired"),
        (1, ("complaint.close", "{id}"), "waiting"),
        (1, ("--as", "Emil Dahl", "complaint.reject", "{id}", "reason=x"), "supervisor"),
        (2, ("--as", "Nobody", "complaint.reject", "{id}", "reason=x"), "Nobody"),
        (
            1,
            (
                "complaint.accept", "{id}", "reply=Sorry", "plan=Again", "solve_by=tomorrow", "assignee=Ole Dam",
            ),
            "first assistant",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_it_is_one_line_and_nothing_changed(
    mette: Tavle, complaint: str, code: int, words: tuple[str, ...], what: str
) -> None:
    before = mette("list", "changes")
    assert what in mette.refused(code, "do", *(word.format(id=complaint) for word in words))
    assert mette("list", "changes") == before


def test_an_assignee_never_closes_their_own_work(mette: Tavle, complaint: str) -> None:
    mette(
        "do", "complaint.accept", complaint, "reply=Sorry", "plan=Again", "solve_by=tomorrow", "assignee=Jonas Berg"
    )  # fmt: skip
    mette("--as", "Jonas Berg", "do", "complaint.solve", complaint)
    assert "assignee" in mette.refused(1, "--as", "Jonas Berg", "do", "complaint.close", complaint)
    assert mette("do", "complaint.close", complaint)["status"] == "closed"


@pytest.mark.usefixtures("complaint")
def test_nothing_to_undo_or_redo(mette: Tavle) -> None:
    assert "nothing to undo" in mette.refused(1, "undo")
    assert "nothing to redo" in mette.refused(1, "redo")
    assert "there is no change ffffffff" in mette.refused(2, "undo", "ffffffff")
    assert "there is no change ffffffff" in mette.refused(2, "redo", "ffffffff")


def test_a_signature_is_taken_back_with_a_reason(home_of: Callable[[str], Tavle], mette: Tavle) -> None:
    hanne = home_of("Hanne Friis")
    plan = hanne("do", "plan.start", "customer=Solgaarden", "started_on=2026-11-20")
    row = hanne("list", "rows", "--where", f"plan={plan['id']}", "--limit", 1)[0]["id"]
    hanne("do", "plan.assign", row, "responsible=Mette Holm")
    hanne("do", "plan.done", row, "done_on=2026-11-21")
    signed = hanne("do", "plan.sign", row)
    assert signed["signed_by"]
    assert "reason" in hanne.refused(1, "undo")
    undone = hanne("undo", signed["change"], "--reason", "The wrong row")
    assert undone["signed_by"] is None
    assert hanne("show", row)["history"][-1]["decision"] == "plan.unsign"
    assert mette("list", "plans") == []


def test_values_from_files(mette: Tavle, complaint: str, tmp_path: Path) -> None:
    text = tmp_path / "reason.txt"
    text.write_bytes("\ufeffNot agreed,\r\nas we said: 50 % = half\n".encode())
    assert mette("do", "complaint.reject", complaint, f"reason=@{text}")["reason"] == (
        "Not agreed,\nas we said: 50 % = half"
    )
    mette("undo")
    assert mette("do", "complaint.reject", complaint, "reason=@@home")["reason"] == "@home"


def test_files_that_cannot_be_read(mette: Tavle, complaint: str, tmp_path: Path) -> None:
    binary, large = tmp_path / "binary", tmp_path / "large"
    binary.write_bytes(b"\xff\xfe")
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    for path, what in (
        (binary, "UTF-8"),
        (large, "too large"),
        (tmp_path, "cannot be read"),
        ("gone", "cannot be"),
    ):
        line = mette.refused(2, "do", "complaint.reject", complaint, f"reason=@{path}")
        assert line.startswith("reason: ")
        assert what in line


def test_for_people_the_change_is_named(mette: Tavle, complaint: str) -> None:
    ended = mette.ends("--offline", "do", "complaint.read", complaint)
    change = mette("show", complaint)["history"][-1]["change"]
    assert ended.out == f"Read Havnens Kontor\nchange {change}\n"
