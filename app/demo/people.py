"""The people of the demo: those of the script, and as many more as are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from app.demo.world import Worker, exported_id
from app.store.demo_content import DemoContent, DemoPerson

EXTRAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "away later today": ("North", ("driving licence", "key holder", "kitchen")),
    "key floater": ("North", ("key holder", "stairwells")),
    "away tomorrow": ("North", ("guest rooms",)),
    "on holiday soon": ("North", ("guest rooms",)),
    "hotel stand-in": ("North", ("guest rooms", "kitchen")),
    "ill since last week": ("Lakes", ("floor machine",)),
    "lakes stand-in": ("Lakes", ("clinic", "floor machine")),
    "harbour stand-in": ("Harbour", ("stairwells", "windows")),
}
"""What the script needs besides those with a name of their own: an area and skills each."""

_SHARE = ("North", "North", "Lakes", "North", "Harbour", "Lakes", "North", "Harbour")
_SKILLS = ("kitchen", "guest rooms", "clinic", "stairwells", "floor machine", "windows", "driving licence")
"""What the others can do."""
_CENTRES = {"North": (557420, 125600), "Harbour": (557110, 125850), "Lakes": (557600, 125050)}
"""Where people of an area live around, in ten-thousandths of a degree: a body holds no floats."""


def cast_and_others(
    content: DemoContent, id_key: str, count: int, choose: random.Random
) -> tuple[dict[str, Worker], tuple[Worker, ...]]:
    """The cast by what the script calls them, and everyone, the cast first."""
    names = _names(content, choose)
    found: dict[str, Worker] = {}
    for number, person in enumerate(content.people):
        found[person.name] = _worker(person, number, None, id_key, choose)
    for called, (area, skills) in EXTRAS.items():
        person = DemoPerson(next(names), "service_assistant", area, _languages(content, choose), skills)
        found[called] = _worker(person, len(found), None, id_key, choose)
    others = [
        _worker(_other(content, next(names), number, choose), number, _firm(content, number), id_key, choose)
        for number in range(len(found), count)
    ]
    return found, (*found.values(), *others)


def _names(content: DemoContent, choose: random.Random) -> Iterator[str]:
    taken = {person.name for person in content.people}
    both = [f"{first} {last}" for first in content.first_names for last in content.last_names]
    choose.shuffle(both)
    return (name for name in both if name not in taken)


def _languages(content: DemoContent, choose: random.Random) -> tuple[str, ...]:
    return (choose.choice(content.languages[4:]), "da", "en")


def _other(content: DemoContent, name: str, number: int, choose: random.Random) -> DemoPerson:
    role = "first_assistant" if number % 12 == 0 else "service_assistant"
    skills = choose.sample(_SKILLS, 3) if number % 3 else choose.sample(_SKILLS, 2)
    area = _SHARE[number % len(_SHARE)]
    return DemoPerson(name, role, area, _languages(content, choose), tuple(sorted(skills)))


def _firm(content: DemoContent, number: int) -> str | None:
    """The first firm of the demo is the company itself; some of its people are a provider's."""
    return None if number % 5 else content.firms[1 + number // 5 % (len(content.firms) - 1)]


def _worker(person: DemoPerson, number: int, firm: str | None, id_key: str, choose: random.Random) -> Worker:
    external = str(1001 + number)
    return Worker(
        id=exported_id(id_key, "people", external),
        number=external,
        name=person.name,
        role=person.role,
        area=person.area,
        languages=person.languages,
        skills=person.skills,
        location=_place(_CENTRES[person.area], choose),
        firm=firm,
    )


def _place(centre: Sequence[int], choose: random.Random) -> str:
    lat, lon = (one + choose.randint(-260, 260) for one in centre)
    return f"{lat // 10_000}.{lat % 10_000:04d},{lon // 10_000}.{lon % 10_000:04d}"
