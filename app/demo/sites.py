"""The customers' sites of the demo, each with what was agreed item by item."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.demo.times import Times
from app.demo.world import Item, Site, Size, exported_id
from app.domain.evidence import rank
from app.domain.records import Agreement
from app.store.content import lexicon
from app.store.demo_content import DemoContent, DemoCustomer, DemoItem

STARTING = "Nordhus"
"""Its contract begins on the first of a month soon: its plan stands in B1."""
UNMATCHED = "Lund & Co"
"""Complains of the windows outside, and nothing in its agreement matches."""
_CORE_FIRST, _CORE_HARBOUR = 8, 3
_NEEDED = (
    "Kitchen floor", "Children's corner", "Gym hall floor", "Guest bathrooms", "Schoolyard litter", "Whiteboards",
    "Coffee machine", "Corridor carpets", "Fitting rooms", "Treatment rooms", "Snow clearing", "Waste bins",
    "Toilets", "Staircase", "Windows outside", "Entrance floor",
)  # fmt: skip
_FULL = ("school", "hotel", "kitchen", "office", "clinic")


def sites(
    content: DemoContent, id_key: str, times: Times, size: Size, choose: random.Random
) -> tuple[Site, ...]:
    """As many sites as asked for, those of the script first."""
    core = _core(content)
    rest = [one for one in content.customers if one not in core]
    chosen = [*core, *rest, *_more(content, size.customers)][: size.customers]
    return tuple(
        _site(content, one, number, id_key, times, size, choose, core=number < len(core))
        for number, one in enumerate(chosen)
    )


def _core(content: DemoContent) -> list[DemoCustomer]:
    first = list(content.customers[:_CORE_FIRST])
    harbour = [one for one in content.customers[_CORE_FIRST:] if one.area == "Harbour"]
    return [*first, *harbour[:_CORE_HARBOUR]]


def _more(content: DemoContent, count: int) -> Iterator[DemoCustomer]:
    """Branches of the same customers, where more are asked for than there are."""
    for number in range(2, 2 + count // len(content.customers)):
        for one in content.customers:
            yield replace(one, name=f"{one.name} {number}")


def _site(
    content: DemoContent,
    one: DemoCustomer,
    number: int,
    id_key: str,
    times: Times,
    size: Size,
    choose: random.Random,
    *,
    core: bool,
) -> Site:
    external = f"K{number + 1:04d}"
    start = _first_of_month(times) if one.name == STARTING else times.day(-choose.randint(190, 900))
    ending = not core and number % 11 == 0
    return Site(
        id=exported_id(id_key, "customers", external),
        number=external,
        name=one.name,
        kind=one.kind,
        area=one.area,
        address=one.address,
        location=one.location,
        items=_items(_specs(content, one, size, core=core), external, id_key),
        status="starting" if one.name == STARTING else "ending" if ending else "active",
        start=start,
        end=times.day(choose.randint(20, 60)) if ending else None,
        core=core,
    )


def _first_of_month(times: Times) -> date:
    soon = times.day(7)
    return (soon.replace(day=1) + timedelta(days=32)).replace(day=1)


def _specs(content: DemoContent, one: DemoCustomer, size: Size, *, core: bool) -> tuple[DemoItem, ...]:
    """What was agreed there: much with some, less with others; in the smallest demo what the script needs."""
    specs = content.items_for(one.kind)
    if not size.depth:
        specs = tuple(spec for spec in specs if spec.task in _NEEDED)
    if not core and one.kind not in _FULL:
        specs = specs[:9]
    if one.name == UNMATCHED:
        specs = _without(specs, unmatched_text(content))
    return specs


def _items(specs: tuple[DemoItem, ...], external: str, id_key: str) -> tuple[Item, ...]:
    numbered = enumerate(specs, start=1)
    return tuple(
        Item(exported_id(id_key, "agreements", f"{external}-{place:02d}"), f"{external}-{place:02d}", spec)
        for place, spec in numbered
    )


def unmatched_text(content: DemoContent) -> str:
    """The complaint of windows on the outside that no item of its customer's agreement fits."""
    return next(
        one.text for one in content.complaints if one.task == "Windows outside" and one.language == "en"
    )


def _without(specs: tuple[DemoItem, ...], text: str) -> tuple[DemoItem, ...]:
    """The items that share no word with a complaint."""
    kept = []
    for spec in specs:
        item = Agreement(id="", customer="", task=spec.task, place=spec.place, note=spec.note)
        if not rank(text, [item], lexicon()):
            kept.append(spec)
    return tuple(kept)
