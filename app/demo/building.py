"""Makes the demo's world of its options: the same options, the same world."""

from __future__ import annotations

import random
from dataclasses import dataclass

from app.demo.people import cast_and_others
from app.demo.sites import sites
from app.demo.times import Times
from app.demo.world import District, Size, World
from app.domain.ids import Entropy, random_id
from app.store.demo_content import demo_content


@dataclass(frozen=True, slots=True)
class Team:
    """What the anchor says of the team."""

    id: str
    name: str
    id_key: str


def found_team(name: str, entropy: Entropy) -> Team:
    """A team with its id and the key of its derived ids."""
    return Team(random_id(entropy), name, entropy(32).hex())


def build(size: Size, times: Times, team: Team, seed: str, entropy: Entropy) -> World:
    """The areas, people and sites."""
    content = demo_content()
    choose = random.Random(f"{seed}\x00people")
    cast, people = cast_and_others(content, team.id_key, size.people, choose)
    areas = tuple(District(random_id(entropy), one.name, cast[one.supervisor].id) for one in content.areas)
    choose = random.Random(f"{seed}\x00sites")
    return World(
        size=size,
        times=times,
        content=content,
        entropy=entropy,
        id_key=team.id_key,
        seed=seed,
        areas=areas,
        people=people,
        cast=cast,
        sites=sites(content, team.id_key, times, size, choose),
    )
