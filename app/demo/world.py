"""Who and what there is in the demo: areas, people with what they can do, sites with what was agreed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.demo.times import Times
from app.domain.ids import Entropy, keyed_id
from app.domain.records import Agreement
from app.store.demo_content import DemoContent, DemoItem

DEMO_PERSON = "Mette Holm"
LEAST_PEOPLE, LEAST_CUSTOMERS = 24, 11
MOST_PEOPLE, MOST_CUSTOMERS, MOST_DAYS = 2_000, 500, 60


def exported_id(id_key: str, kind: str, number: str) -> str:
    """The id of a record of the office's export, as an import of the same file finds it again."""
    return keyed_id(id_key, kind, kind, number)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of it; ``depth`` from 0 to 3 is how much history stands behind it."""

    people: int
    customers: int
    days: int
    depth: int = 3


def enough(asked: Size) -> Size:
    """What was asked for, and never less than the script of the morning takes."""
    return replace(
        asked, people=max(asked.people, LEAST_PEOPLE), customers=max(asked.customers, LEAST_CUSTOMERS)
    )


@dataclass(frozen=True, slots=True)
class District:
    """An area and its supervisor's id."""

    id: str
    name: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A person of the demo."""

    id: str
    number: str
    name: str
    role: str
    area: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    location: str
    firm: str | None

    @property
    def helps(self) -> bool:
        """True for those who do the work on site."""
        return self.role in ("first_assistant", "service_assistant")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a site's agreement."""

    id: str
    number: str
    spec: DemoItem


@dataclass(frozen=True, slots=True)
class Site:
    """A customer's site. ``core``: the script of the morning happens here and in others like it."""

    id: str
    number: str
    name: str
    kind: str
    area: str
    address: str
    location: str
    items: tuple[Item, ...]
    status: str
    start: date
    end: date | None
    core: bool

    def item(self, task: str) -> Item:
        """The item of that task; KeyError where the agreement has none."""
        return {one.spec.task: one for one in self.items}[task]

    def agreement(self) -> list[Agreement]:
        """The items as the records that they become."""
        return [
            Agreement(
                id=one.id, customer=self.id, task=one.spec.task, place=one.spec.place, note=one.spec.note
            )
            for one in self.items
        ]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the parts of the demo build on.

    ``cast`` are those whom the script names: by their name, or by what they are there for.
    """

    size: Size
    times: Times
    content: DemoContent
    entropy: Entropy
    id_key: str
    seed: str
    areas: tuple[District, ...]
    people: tuple[Worker, ...]
    cast: Mapping[str, Worker]
    sites: tuple[Site, ...]

    def choices(self, part: str) -> random.Random:
        """Choices of one part of the demo: the same whatever another part draws."""
        return random.Random(f"{self.seed}\x00{part}")

    def who(self, name: str) -> Worker:
        """Someone whom the script names."""
        return self.cast[name]

    def site(self, name: str) -> Site:
        """A site by its name."""
        return {one.name: one for one in self.sites}[name]

    def supervisor(self, area: str) -> Worker:
        """Who runs an area."""
        found = {one.name: one.supervisor for one in self.areas}[area]
        return next(one for one in self.people if one.id == found)

    def helpers(self, area: str | None = None) -> list[Worker]:
        """Those who do the work on site."""
        return [one for one in self.people if one.helps and area in (None, one.area)]

    def fillers(self) -> list[Worker]:
        """Helpers whom the script does not need: they make the rest of the roster and of the history."""
        named = {one.id for one in self.cast.values()}
        return [one for one in self.people if one.helps and one.id not in named]
