"""The records of the business, each declared once (docs/COMMANDS.md lists their fields).

Times are aware datetimes here and UTC text in bodies. Fields marked *computed* are never set by a change.
"""

from app.domain.records.daily import CHANNELS, Absence, Action, Complaint, Contact, Handover, Shift
from app.domain.records.feeds import Feed
from app.domain.records.masters import ROLES, Agreement, Area, Customer, Person, Promise
from app.domain.records.onboarding import Attempt, Feedback, Improvement, Module, Question, Training
from app.domain.records.plans import Plan, PlanRow
from app.domain.records.wording import Card, Synonym, Template

__all__ = [
    "CHANNELS",
    "ROLES",
    "Absence",
    "Action",
    "Agreement",
    "Area",
    "Attempt",
    "Card",
    "Complaint",
    "Contact",
    "Customer",
    "Feed",
    "Feedback",
    "Handover",
    "Improvement",
    "Module",
    "Person",
    "Plan",
    "PlanRow",
    "Promise",
    "Question",
    "Shift",
    "Synonym",
    "Template",
    "Training",
]
