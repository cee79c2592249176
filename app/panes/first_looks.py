"""What the screens ask when they are first opened, for the board to ask ahead while nobody waits for it.

A statement is compiled, and the list of words that the evidence goes by is read, when it is first asked for: up to a
tenth of a second that the first key to a screen would take longer. What is asked here is thrown away; what was made
for it is kept where it is kept always.
"""

from __future__ import annotations

from collections.abc import Callable

from app.desk import View
from app.panes import absences as absence_lines
from app.panes import complaints as complaint_lines
from app.panes import lookahead
from app.panes import onboarding as onboarding_lines
from app.panes import plan as plan_lines
from app.queries import absences, complaints, onboarding, plans, records, team
from app.queries.wanted import Wanted

_PAGE = 128
_ALL = Wanted()


def _absences(view: View) -> None:
    absences.count_open(view, _ALL)
    absences.count(view, _ALL)
    for row in absence_lines.page(view, _ALL, 0, _PAGE)[:1]:
        lookahead.detail(view, row.key)


def _complaints(view: View) -> None:
    complaints.count_open(view, _ALL)
    complaints.count(view, _ALL)
    for row in complaint_lines.page(view, _ALL, 0, _PAGE)[:1]:
        complaint_lines.blocks(view, row.key)
        complaint_lines.evidence_blocks(view, row.key)


def _plans(view: View) -> None:
    plans.languages()
    for line in plans.matrix(view)[:1]:
        plan_lines.customer_blocks(view, line, "en")


def _onboarding(view: View) -> None:
    for line in onboarding.modules(view)[:1]:
        onboarding.register(view, line.id)
        onboarding_lines.module_blocks(view, line)


def _team(view: View) -> None:
    team.conflicts(view)
    for person in team.people(view, _ALL).shown[:1]:
        records.record(view, "people", person.id)


FIRST_LOOKS: tuple[Callable[[View], None], ...] = (_absences, _complaints, _plans, _onboarding, _team)
"""A look for each screen but Today, which is up."""
