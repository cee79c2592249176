"""The heads of a record as its row keeps them: ``person kind=<id>;state=<id> <id>``, each set of ids once."""

from __future__ import annotations

from app.domain.change import Heads


def pack(heads: Heads) -> str | None:
    """The text of the heads; None where there are none. Ids and names of registers hold no blank, = or ;."""
    if not heads:
        return None
    if len(set(heads.values())) == 1:
        return f"{' '.join(heads)}={' '.join(next(iter(heads.values())))}"
    names: dict[tuple[str, ...], list[str]] = {}
    for name, ids in heads.items():
        names.setdefault(ids, []).append(name)
    return ";".join(f"{' '.join(named)}={' '.join(ids)}" for ids, named in names.items())


def unpack(text: str | None) -> dict[str, tuple[str, ...]]:
    """The heads of a text."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(";") if text else ():
        names, _equals, ids = part.partition("=")
        found |= dict.fromkeys(names.split(), tuple(ids.split()))
    return found
