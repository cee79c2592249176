"""Who may take which decision, and that a wrong role changes nothing. Roles guide, they do not protect."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.decisions.registry import DECISIONS
from app.domain.records import ROLES
from tests.decisions.helpers import bad_input, refused
from tests.support import PEOPLE, make_desk

ANYONE: tuple[str, ...] = ()
SUPERVISOR = ("supervisor",)
MANAGER = ("manager",)
TRAINER = ("trainer",)
WHO = {
    "absence.report": ("supervisor", "office"),
    **dict.fromkeys(("absence.approve", "absence.change", "absence.end", "absence.withdraw"), SUPERVISOR),
    "absence.request_certificate": ("hr",),
    "shift.add": ("supervisor", "office"),
    **dict.fromkeys(("shift.assign", "shift.cancel"), SUPERVISOR),
    "complaint.receive": ANYONE,
    **dict.fromkeys(
        (
            f"complaint.{one}"
            for one in ("read", "talk", "acknowledge", "accept", "reject", "extra_work", "reopen")
        ),
        SUPERVISOR,
    ),
    "contact.log": ANYONE,
    **dict.fromkeys(("plan.start", "plan.assign", "plan.sign", "plan.unsign", "plan.reword"), MANAGER),
    **dict.fromkeys(("plan.done", "plan.note"), ("manager", "supervisor")),
    **dict.fromkeys(("quiz.attempt", "quiz.grade", "onboarding.attend", "onboarding.feedback"), TRAINER),
    "onboarding.improve": ("trainer", "manager"),
    **dict.fromkeys(("handover.give", "handover.acknowledge"), SUPERVISOR),
    **dict.fromkeys(
        ("customer.add", "customer.change", "agreement.set", "promise.set"),
        ("supervisor", "office", "manager"),
    ),
}
"""Empty: anyone. Who solves, closes or settles depends on the record, and is told elsewhere."""


@pytest.mark.parametrize("name", WHO)
def test_the_roles_of_a_decision(name: str) -> None:
    assert sorted(DECISIONS[name].roles) == sorted(WHO[name])


@pytest.mark.parametrize("role", ROLES)
def test_a_wrong_role_is_refused_before_anything_else(tmp_path: Path, role: str) -> None:
    """Whatever is given: the first thing to know is that it is not for them."""
    desk = make_desk(tmp_path, next(name for name, has, *_rest in PEOPLE if has == role))
    for name, roles in WHO.items():
        if roles and role not in roles:
            assert "is for: " in refused(desk, name, None, nonsense="x")
    desk.close()


def test_what_there_is_none_of(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert bad_input(desk, "complaint.delete") == "there is no decision complaint.delete"
    assert "needs the id" in bad_input(desk, "absence.approve")
    assert "give no id" in bad_input(desk, "complaint.receive", "abcd")
    assert "there is no absence 00000000" in bad_input(desk, "absence.approve", "00000000")
    assert "there is no absence" in bad_input(desk, "absence.approve", "'; DROP TABLE log; --")
    desk.close()
