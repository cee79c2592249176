"""The tables folded from the log: one a kind of record, and what contends.

Times are UTC text, dates are ISO text, lists and objects are JSON text. Every column may be null: changes
arrive in any order, so a record can be here before what it refers to. Nothing but the fold writes here.
"""

from app.store.tables.common import ConflictRow, Folded, ReadOnlyRow
from app.store.tables.daily import AbsenceRow, ActionRow, ComplaintRow, ContactRow, HandoverRow, ShiftRow
from app.store.tables.feeds import FeedRow
from app.store.tables.masters import AgreementRow, AreaRow, CustomerRow, PersonRow, PromiseRow
from app.store.tables.onboarding import (
    AttemptRow,
    FeedbackRow,
    ImprovementRow,
    ModuleRow,
    QuestionRow,
    TrainingRow,
)
from app.store.tables.plans import PlanLineRow, PlanRow
from app.store.tables.wording import CardRow, SynonymRow, TemplateRow

FOLD_VERSION = 14
"""Raised whenever the fold or a table here changes: the next start folds the log anew."""

__all__ = [
    "FOLD_VERSION",
    "AbsenceRow",
    "ActionRow",
    "AgreementRow",
    "AreaRow",
    "AttemptRow",
    "CardRow",
    "ComplaintRow",
    "ConflictRow",
    "ContactRow",
    "CustomerRow",
    "FeedRow",
    "FeedbackRow",
    "Folded",
    "HandoverRow",
    "ImprovementRow",
    "ModuleRow",
    "PersonRow",
    "PlanLineRow",
    "PlanRow",
    "PromiseRow",
    "QuestionRow",
    "ReadOnlyRow",
    "ShiftRow",
    "SynonymRow",
    "TemplateRow",
    "TrainingRow",
]
