"""``tavle card``, and the repeats that a list of complaints names."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Tavle


def test_a_card_that_was_left_is_written_as_a_page(mette: Tavle, tmp_path: Path) -> None:
    """FI-13."""
    given = (
        "customer=Havnens Kontor",
        "name=Mette",
        "contact=55 51 23 00",
        "reason=Filters",
        "customer_action=nothing",
    )
    taken = mette("do", "contact.card_left", *given, "returns=2026-11-24T09:00")
    assert taken["card"]["kind"] == "left"
    assert taken["follow_up"] == "2026-11-24"
    file = tmp_path / "card.html"
    assert mette("card", taken["id"], file, "--paper", "A4") == {"file": str(file)}
    assert "Filters" in file.read_text("utf-8")
    assert "is not one of: A5, A4" in mette.refused(2, "card", taken["id"], file, "--paper", "A9")
    assert "ends in .html" in mette.refused(2, "card", taken["id"], tmp_path / "card.pdf")


def test_a_list_of_complaints_names_the_earlier_ones_about_the_same_item(mette: Tavle) -> None:
    """SE C-5: of the same customer and item, within the days of the setting."""

    def received(day: str, text: str) -> str:
        given = ("customer=Havnens Kontor", "channel=phone", f"text={text}", f"received_at=2026-{day}T08:00")
        taken = mette("do", "complaint.receive", *given)
        return str(taken["id"])

    long_ago = received("06-01", "The kitchen is dirty")
    first = received("11-02", "The kitchens were not cleaned")
    other = received("11-10", "The bins are full")
    last = received("11-20", "Kitchen again")
    found = {one["id"]: one["repeats"] for one in mette("list", "complaints")}
    assert (found[last], found[first], found[other], found[long_ago]) == ([first], [], [], [])
