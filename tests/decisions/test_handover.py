"""Handing over to a colleague: it stands on their board until acknowledged."""

from pathlib import Path

from app.desk import Desk
from app.domain.records import Handover
from tests.decisions.helpers import bad_input, refused, second_home
from tests.support import NOW, carry, exchange_all, id_of, make_desk, tables

TEXT = "Solgaarden calls back at ten"


def get(desk: Desk, id_: str) -> Handover:
    found = desk.ask(lambda view: view.get(Handover, id_))
    assert found is not None
    return found


def test_it_is_of_the_giver_s_area_and_a_colleague_acknowledges_it(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = mette.take("handover.give", None, {"text": TEXT}).id
    given = get(mette, id_)
    assert (given.area, given.given_by, given.at) == (id_of(mette, "areas", "North"), mette.actor.id, NOW)
    assert "colleague" in refused(mette, "handover.acknowledge", id_)
    carry(mette, ole)
    ole.take("handover.acknowledge", id_, {"text": "I call them"})
    assert "acknowledged" in refused(ole, "handover.acknowledge", id_)
    carry(ole, mette)
    back = get(mette, id_)
    assert (back.acknowledged_by, back.answer) == (ole.actor.id, "I call them")
    mette.close()
    ole.close()


def test_two_who_acknowledge_apart_need_not_settle_it(tmp_path: Path) -> None:
    mette, ole, again = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam"), second_home(tmp_path, "Ole Dam")
    id_ = mette.take("handover.give", None, {"text": TEXT, "area": "South"}).id
    carry(mette, ole, again)
    ole.take("handover.acknowledge", id_, {"text": "Fine"})
    again.take("handover.acknowledge", id_, {"text": "Seen"})
    exchange_all(mette, ole, again)
    assert get(mette, id_).acknowledged_by == ole.actor.id
    assert tables(mette)["conflicts"] == []
    assert tables(mette) == tables(ole) == tables(again)
    for one in (mette, ole, again):
        one.close()


def test_nothing_about_health_is_handed_over(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    reason = refused(desk, "handover.give", text="Jonas has the flu, 39 °C")
    assert "health" in reason
    assert "flu" not in reason
    assert "text is missing" in bad_input(desk, "handover.give", text="  ")
    desk.close()


def test_supervisors_hand_over(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "Peter Juhl")
    assert "supervisor" in refused(desk, "handover.give", text=TEXT)
    desk.close()
