"""Generates docs/COMMANDS.md and docs/KEYS.md from what is declared: ``python -m app.docs``, ``--check`` in CI."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from textual.binding import Binding

import app.decisions  # noqa: F401 - declares every decision
from app import board, screens, widgets
from app.cli.options import global_parser
from app.cli.verbs import VERBS, Verb, parser_of
from app.decisions.registry import DECISIONS, Decision, Field
from app.domain.fields import FieldType
from app.domain.kinds import KINDS, Kind, Rule, Spec
from app.domain.projection import defaults
from app.screens import dialogs
from app.widgets.framed import Framed
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

FOLDER = Path(__file__).resolve().parent.parent / "docs"
_MADE = "<!-- Made by `python -m app.docs`: edit what it is made from. -->"
_KEYS = {
    "question_mark": "?", "colon": ":", "slash": "/", "escape": "Esc", "enter": "Enter", "space": "Space",
    "pageup": "Page Up", "pagedown": "Page Down", "left": "←", "right": "→", "up": "↑", "down": "↓",
    "plus": "+", "minus": "-", "equals_sign": "=",
}  # fmt: skip

Lines = Iterator[str]


def commands() -> Lines:
    """docs/COMMANDS.md."""
    yield from ("# Commands", "", _MADE, "", _INTRO, "", "## Options of every verb", "")
    yield from _table(("option", "meaning"), (_argument(one) for one in global_parser()._actions))
    yield from ("", _CODES, "", "## Verbs")
    for verb in VERBS:
        yield from _verb(verb)
    yield from ("", "## Decisions", "", _DECISIONS)
    for area in sorted({name.partition(".")[0] for name in DECISIONS}):
        yield from ("", f"### {area}")
        for name in sorted(name for name in DECISIONS if name.partition(".")[0] == area):
            yield from _decision(DECISIONS[name])
    yield from ("", "## Records", "", _RECORDS)
    for kind in KINDS.values():
        yield from _kind(kind)
    yield from ("", *_OTHER_KINDS, "", "## MAP.toml", "", _MAP)


def _verb(verb: Verb) -> Lines:
    yield from ("", f"### {verb.name}", "")
    text = verb.help[0].upper() + verb.help[1:]
    if verb.run is None:
        yield f"{text}. Not there yet."
        return
    parser = parser_of(verb)
    yield f"`{' '.join(parser.format_usage().split()).removeprefix('usage: ')}`"
    yield from ("", f"{text}. JSON: `{verb.gives}`.")
    if verb.example:
        yield from ("", f"Such as `{verb.example}`.")
    if parser._actions:
        yield ""
        yield from _table(("word", "meaning"), (_argument(one) for one in parser._actions))


def _argument(action: argparse.Action) -> tuple[str, str]:
    metavar = str(action.metavar or "")
    words = [f"{option} {metavar}".strip() for option in action.option_strings] or [metavar]
    return ", ".join(f"`{word}`" for word in words), action.help or ""


def _decision(decision: Decision) -> Lines:
    who = ", ".join(role.replace("_", " ") for role in decision.roles) or "anyone"
    on = "" if decision.on is None else f" on one of the {decision.on.name}"
    on += ", or a new one" if decision.creates else ""
    key = f", key `{decision.key}`" if decision.key else ""
    yield from ("", f"#### {decision.name}", "", f"{decision.title}{on} ({who}{key}).", "", decision.help)
    if not decision.undoable:
        yield from ("", "It is never undone.")
    if decision.fields:
        yield ""
        yield from _table(("field", "type", ""), (_field(one) for one in decision.fields))
    if decision.others:
        yield from ("", "Any other field of the record may be given too.")


def _field(field: Field) -> tuple[str, str, str]:
    return f"`{field.name}`{field.mark}", _type(field.type), field.help


def _type(type_: FieldType) -> str:
    if type_.choices:
        return ", ".join(f"`{choice}`" for choice in type_.choices)
    return f"one of the {type_.kind}" if type_.kind else type_.name


def _kind(kind: Kind) -> Lines:
    yield from ("", f"### {kind.name}", "", (kind.record.__doc__ or "").split("\n\n")[0].strip(), "")
    first = defaults(kind)
    rows = ((f"`{name}`", _type(spec.type) + _beside(spec, first[name])) for name, spec in kind.specs.items())
    yield from _table(("field", "type"), rows)
    merged = [*_registers(kind), *(f"`{name}` grows" for name in sorted(kind.sets))]
    if merged:
        yield from ("", f"Merged: {'; '.join(merged)}.")


def _beside(spec: Spec, first: Any) -> str:
    """What is said beside a field's type: that it is computed, or what it is where nobody has set it."""
    if spec.computed:
        return " (computed)"
    return (
        ""
        if first in (None, "[]")
        else f"; not set: `{json.dumps(first) if isinstance(first, bool) else first}`"
    )


def _registers(kind: Kind) -> Lines:
    """Those of a kind's registers that are more than a field with its own name."""
    for name, register in kind.registers.items():
        decision = register.rule is Rule.DECISION
        if decision or len(register.fields) > 1:
            fields = ", ".join(
                f"`{one}`" + ("" if one in register.deciding else " (a stamp)") for one in register.fields
            )
            yield f"{'decision ' if decision else ''}*{name}* of {fields}"


def keys() -> Lines:
    """docs/KEYS.md."""
    yield from ("# Keys", "", _MADE, "", _KEYS_INTRO)
    yield from _section("Everywhere", [board.BoardApp, Workspace, Framed])
    for number, (name, screen) in board.SCREENS.items():
        yield from _section(f"{name.capitalize()} ({number})", [screen])
    yield from _section("In lists", [QueueTable])
    told = (board.BoardApp, Workspace, Framed, QueueTable, *(one for _name, one in board.SCREENS.values()))
    yield from ("", "# In forms and dialogs")
    for cls in _with_keys((widgets, screens, dialogs)):
        if cls not in told:
            yield from _section(_called(cls), [cls], _where(cls))


def _with_keys(packages: Iterable[ModuleType]) -> Iterator[type]:
    for package in packages:
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for cls in vars(module).values():
                if isinstance(cls, type) and cls.__module__ == module.__name__ and _has_keys(cls):
                    yield cls


def _has_keys(cls: type) -> bool:
    return "BINDINGS" in vars(cls) and not cls.__name__.startswith("_")


def _called(cls: type) -> str:
    """A dialog by the words of its class: ``CandidatesDialog`` is *Candidates*."""
    words = re.findall("[A-Z][a-z]+", cls.__name__.removesuffix("Dialog").removesuffix("Input"))
    return " ".join(words).capitalize()


def _where(cls: type) -> str:
    """What a dialog is, in the words of its docstring up to the first stop."""
    return re.split(r"[.;\n]", cls.__doc__ or "")[0]


def _section(title: str, classes: Sequence[type], about: str = "") -> Lines:
    """A table of keys; what they mean and are named stands there only where some do."""
    declared = (one for cls in classes for one in vars(cls).get("BINDINGS", ()))
    found = _together([one for one in declared if isinstance(one, Binding) and one.description])
    if not found:
        return
    rows = [("key", "does", "that is", "name in settings.toml"), *map(_binding, found)]
    told = [place for place in range(len(rows[0])) if any(row[place] for row in rows[1:])]
    yield from ("", f"## {title}", "", *((f"{about}.", "") if about else ()))
    headers, *others = ([row[place] for place in told] for row in rows)
    yield from _table(headers, others)


def _together(bindings: Sequence[Binding]) -> list[Binding]:
    """Nameless keys that do the same on one line."""
    found: dict[str, Binding] = {}
    for one in bindings:
        same = one.id or one.description
        before = found.get(same)
        found[same] = replace(before, key=f"{before.key},{one.key}") if before else one
    return list(found.values())


def _binding(binding: Binding) -> tuple[str, str, str, str]:
    decision = DECISIONS.get(binding.id or "")
    shown = ", ".join(f"`{_key(one)}`" for one in binding.key.split(","))
    named = f"`{binding.id}`" if binding.id else ""
    return shown, binding.description, decision.summary if decision else "", named


def _key(key: str) -> str:
    *held, last = key.strip().split("+")
    name = _KEYS.get(last) or (last if len(last) == 1 and not held else last.capitalize())
    return "+".join((*(one.capitalize() for one in held), name))


def _table(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Lines:
    yield f"| {' | '.join(headers)} |"
    yield f"|{'---|' * len(headers)}"
    for row in rows:
        cells = (" ".join(str(cell).replace("|", r"\|").split()) for cell in row)
        yield f"| {' | '.join(cells)} |"


_INTRO = """\
The command line is the same desk as the board without a screen: for the office's scripts, for cron, for
tests. `tavle` alone opens the board."""

_CODES = """\
Exit codes: 0 done · 1 refused by a rule (one line on standard error, nothing changed) · 2 wrong usage or input,
damaged settings.toml among them · 3 the team file or the database cannot be used now. `do`, `undo` and `redo`
end in 0 once the decision is committed on this computer, shared or not. Data goes to standard output, messages
to standard error."""

_DECISIONS = """\
`tavle do DECISION [ID] FIELD=VALUE …`. Fields marked * must be given, those marked - can be emptied, by `FIELD=-`.
`ID` is a record's id or any unique beginning of it, 4 characters at least. Times are ISO 8601, or `today`,
`tomorrow 10`, `fri 14:30`, `24/11`, `14:30`; references are an id, a unique beginning of one, or the exact name;
lists are JSON or have commas. Empty or blank counts as not given. `FIELD=@FILE` reads the value from a file, `@@`
begins a literal `@`."""

_RECORDS = """\
What `list` and `show` give. Every record also has `id`, `external` (its id in the office's own system, or null)
and `contested` (the ids of the changes that contend, or empty). Times have the offset of the record's area.
Computed fields cannot be set; `--where` takes every field. *Merged* names what TEAM-FILE.md says of registers: the
fields that are decided together, the decisions among them, what only stamps them, and the sets that grow; every other
field is a register of its own. What a field that nobody has set is stands beside its type, else it is null,
or an empty list."""

_OTHER_KINDS = (
    "### conflicts", "", "Concurrent values of a record's fields: all are kept until one is chosen.", "",
    *("| field | type |", "|---|---|", "| `record` | the record's id |", "| `fields` | those that contend |"),
    "| `heads` | of each side `{change, by, at, set}` |",
    *("", "### changes", "", "What was decided, as the log has it.", "", "| field | type |", "|---|---|"),
    *("| `at` | when, in the writer's local time |", "| `by` | who |", "| `on` | kind and id of the record |"),
    *("| `decision` | which |", "| `set` | the fields that it set |"),
    "| `state` | `waiting` here, `written` to the team file, or `delivered` to another member |",
    *("", "### rejected", "", "Rows of the office's files that were set aside, on this computer alone.", ""),
    *("| field | type |", "|---|---|", "| `file` | where it stood |", "| `kind` | what it was read as |"),
    *("| `row` | its number, as a spreadsheet counts |", "| `why` | why it was not taken |"),
    *("| `cells` | of the named columns, by our fields |", "| `at` | when |"),
    *("", "### lanes", "", "The installations of Tavle that write to the team file, this one first.", ""),
    *("| field | type |", "|---|---|", "| `person` | who wrote there last |", "| `own` | whether it is this one |"),
    *("| `changes` | how many are known without a gap |", "| `missing` | how many beyond have not arrived |"),
    *("| `heard_at` | when its last change was made |", "| `acknowledged` | the last of our changes that it has |"),
    *("| `written` | the last of our changes |", "| `clock_off_minutes` | above 0: its clock is ahead |"),
    "| `unreadable` | whether a drive lists a file of it and has not brought it |",
    *("", "### quarantine", "", "Lines of the team file that cannot be read: none of them is used or lost.", ""),
    *("| field | type |", "|---|---|", "| `file` | where it stands |", "| `offset` | the byte that it begins at |"),
    *("| `why` | what is wrong with it |", "| `at` | when it was found |", "| `bytes` | its beginning, made visible |"),
    *("| `size` | of that beginning, in bytes |", "| `mend` | what mends it |"),
)  # fmt: skip

_MAP = """\
Which column of an office's file is which field of ours, for `import` and `feed add`. Only `[columns]` must be there;
`import … --dry-run` without a map proposes one.

```toml
source = "clemata"                 # whose ids these are; default: the kind
as_of = "2026-11-23T05:00+01:00"   # default: the file's time, to the second; a feed's map leaves it out
timezone = "Europe/Copenhagen"     # of times without offset
decimal = ","
[columns]                          # ours = theirs; a list joins several
external = "Id"
customer = "Kunde"
text = ["Emne", "Beskrivelse"]
received_at = "Oprettet"
[formats]
received_at = "%d-%m-%Y %H:%M"
[values.channel]                   # theirs -> ours
"E-post" = "email"
[constants]
channel = "phone"
[create]                           # make what is referred to and not there
customers = true
```

Columns that are not named are not read. Those that look like health, body or habits are reported and stored
nowhere, named or not."""

_KEYS_INTRO = """\
Single plain keys. They can be rebound in settings.toml, by the names in the last column:

```toml
[keys]
"absence.approve" = "A"
```"""

PAGES: dict[str, Callable[[], Lines]] = {"COMMANDS.md": commands, "KEYS.md": keys}


def main(words: Sequence[str] | None = None) -> int:
    """Writes the pages; with ``--check`` writes nothing, names the stale ones and ends in 1 where there are any."""
    parser = argparse.ArgumentParser(prog="python -m app.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which pages are stale")
    check = parser.parse_args(words).check
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, "\n".join(page()) + "\n"
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, "utf-8")
    if check and stale:
        print(f"stale: {', '.join(stale)}; run python -m app.docs", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
