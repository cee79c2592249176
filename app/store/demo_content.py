"""What the demo's working area is built from: the invented names, sites and words of ``data/demo.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from app.assets import data_dir


@dataclass(frozen=True, slots=True)
class DemoArea:
    """An area and the supervisor who runs it, by name."""

    name: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone who is in every demo."""

    name: str
    role: str
    area: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoKind:
    """A kind of site: the skills its visits need, and when they are, as local ``HH:MM-HH:MM``."""

    id: str
    title: str
    skills: tuple[str, ...]
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """A customer's site; ``lat`` and ``lon`` are degrees, as decimal texts."""

    name: str
    kind: str
    area: str
    address: str
    lat: str
    lon: str

    @property
    def location(self) -> str:
        """The place as ``lat,lon``."""
        return f"{self.lat},{self.lon}"


@dataclass(frozen=True, slots=True)
class DemoItem:
    """One item of the agreements with sites of these kinds."""

    task: str
    place: str
    frequency: str
    included: bool
    note: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoComplaint:
    """A customer's words about a task, and whether the agreement covers it; a vague one names no task."""

    language: str
    text: str
    task: str = ""
    covered: bool = False


@dataclass(frozen=True, slots=True)
class DemoContact:
    """A logged contact with a customer."""

    keywords: tuple[str, ...]
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class DemoFeedback:
    """What a participant says of a course; the rating from 1 to 5."""

    rating: int
    text: str


@dataclass(frozen=True, slots=True)
class DemoContent:
    """All of it. In ``plans``, ``reasons`` and ``extra_works``, ``{item}`` stands for the task."""

    firms: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    plans: tuple[str, ...]
    reasons: tuple[str, ...]
    extra_works: tuple[str, ...]
    solve_notes: tuple[str, ...]
    replies: tuple[str, ...]
    absence_notes: tuple[str, ...]
    cancel_reasons: tuple[str, ...]
    end_reasons: tuple[str, ...]
    row_notes: tuple[str, ...]
    handovers: tuple[str, ...]
    feedback: tuple[DemoFeedback, ...]
    improvements: tuple[str, ...]
    areas: tuple[DemoArea, ...]
    people: tuple[DemoPerson, ...]
    kinds: tuple[DemoKind, ...]
    customers: tuple[DemoCustomer, ...]
    items: tuple[DemoItem, ...]
    complaints: tuple[DemoComplaint, ...]
    vague_complaints: tuple[DemoComplaint, ...]
    contacts: tuple[DemoContact, ...]

    def items_for(self, kind: str) -> tuple[DemoItem, ...]:
        """The agreement items of a kind of site, in order."""
        return tuple(item for item in self.items if kind in item.kinds)

    def complaints_for(self, kind: str) -> tuple[DemoComplaint, ...]:
        """The concrete complaints that a site of this kind can have, in order."""
        tasks = {item.task for item in self.items_for(kind)}
        return tuple(complaint for complaint in self.complaints if complaint.task in tasks)


@lru_cache(maxsize=1)
def demo_content() -> DemoContent:
    """The demo's material, as shipped."""
    data = tomllib.loads((data_dir() / "demo.toml").read_text("utf-8"))
    return msgspec.convert(data, DemoContent)
