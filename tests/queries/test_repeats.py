"""What was complained of before: by the same customer, about the same item (SE C-5)."""

from __future__ import annotations

from sqlalchemy import event

from app.desk import Desk, View
from app.domain.records import Agreement, Complaint
from app.queries import complaints
from app.queries.evidence import evidence
from app.queries.repeats import Repeats
from app.queries.wanted import Wanted
from tests.support import HandClock, receive_complaint

LETTER = "We have written before and nobody came. " * 400
"""Close to the longest text that a field takes, and about nothing that was agreed."""


def repeats(desk: Desk, id_: str) -> tuple[str, ...]:
    (found,) = [
        one for one in desk.ask(lambda view: complaints.lines(view, Wanted(), 0, 50)) if one.id == id_
    ]
    alone = desk.ask(lambda view: Repeats(view).of(_complaint(view, id_)))
    assert found.repeats == len(alone), "the list and the detail say the same"
    return alone


def kitchen(desk: Desk) -> Agreement:
    (item,) = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))
    return item


def _complaint(view: View, id_: str) -> Complaint:
    found = view.get(Complaint, id_)
    assert found is not None
    return found


def test_each_row_counts_its_own_customers_earlier_ones(desk: Desk, clock: HandClock) -> None:
    first = receive_complaint(desk)
    clock.advance(hours=1)
    elsewhere = receive_complaint(desk, "Klinik Nord")
    second = receive_complaint(desk, text="Kitchen again")
    clock.advance(hours=1)
    third = receive_complaint(desk, text="the kitchen!")
    assert [repeats(desk, one) for one in (first, elsewhere, second, third)] == [
        (), (), (first,), (second, first),
    ]  # fmt: skip
    clock.advance(days=desk.ask(lambda view: view.repeat_days))
    assert repeats(desk, receive_complaint(desk)) == (third,), "at its hour, the others are a moment too old"


def test_a_page_asks_once_for_all_its_rows(desk: Desk, clock: HandClock) -> None:
    def asked() -> int:
        found = []
        with desk.database.read() as conn:
            event.listen(conn.engine, "before_cursor_execute", lambda *given: found.append(given[2]))
        desk.ask(complaints.lines, Wanted(), 0, 50)
        return len(found)

    for _each in range(3):
        receive_complaint(desk)
        clock.advance(minutes=1)
    few = asked()
    for _each in range(12):
        receive_complaint(desk)
        clock.advance(minutes=1)
    assert asked() == few


def test_letters_of_many_pages_do_not_hold_the_evidence_up(desk: Desk, clock: HandClock) -> None:
    """Of a letter its beginning is compared, and of those before it so many as have the length of a hundred notes."""
    old = receive_complaint(desk)
    clock.advance(minutes=1)
    for _each in range(16):
        receive_complaint(desk, text=LETTER)
        clock.advance(minutes=1)
    last = receive_complaint(desk, text=f"The kitchen. {LETTER}")
    found = desk.ask(lambda view: evidence(view, _complaint(view, last)))
    assert found.best == kitchen(desk)
    assert old not in repeats(desk, last)


def test_an_item_that_changes_is_compared_as_it_is_now(desk: Desk) -> None:
    def about(text: str) -> list[str]:
        return [one.item.id for one in desk.ask(lambda view: view.agreed(item.customer)).rank(text)]

    item = kitchen(desk)
    assert about("the aquarium") == []
    desk.take("agreement.set", item.id, {"task": "Clean the aquarium"})
    assert about("the aquarium") == [item.id]
