"""The verbs: each a function, the words it takes, and a line of help."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from app.cli import (
    cards,
    content,
    covering,
    deciding,
    duetime,
    feeds,
    files,
    keeping,
    looking,
    reporting,
    teams,
)
from app.cli.call import Call, call_of
from app.cli.options import DONE, Parser, UsageError
from app.text import _

_RECORD = "{change, id, offline, problem, …the record afterwards}"


def _nothing(_parser: Parser) -> None:
    """A verb without words of its own."""


def _no_more(_words: Sequence[str]) -> str:
    """A verb whose help is the same whatever stands beside it."""
    return ""


class Verb(NamedTuple):
    """One verb: ``take`` declares its words, ``run`` does it and gives the exit code. Without ``run``: not yet.

    ``gives`` is the JSON that it writes, ``example`` a call of it, ``more`` what its help says about the words given.
    """

    name: str
    help: str
    run: Callable[[Call], int] | None = None
    take: Callable[[Parser], None] = _nothing
    gives: str = ""
    example: str = ""
    more: Callable[[Sequence[str]], str] = _no_more


VERBS: tuple[Verb, ...] = (
    Verb(
        "demo",
        _("write a team file with a believable working area"),
        teams.demo,
        teams.demo_arguments,
        "{team, changes}",
    ),
    Verb(
        "init",
        _("create a team file, or join one"),
        teams.init,
        teams.init_arguments,
        "{team, person, lane, created}",
        'tavle init --team /mnt/share/north.tavle --as "Ole Dam"',
    ),
    Verb(
        "sync",
        _("one exchange with the team file"),
        teams.sync,
        _nothing,
        "{pulled, pushed, healed, quarantined, conflicts, offline, waiting, problem}",
    ),
    Verb(
        "today",
        _("what needs you, in its order"),
        looking.today,
        _nothing,
        "[{kind, id, title, state, due, reason}]",
    ),
    Verb(
        "list",
        _("the records of a kind"),
        looking.list_,
        looking.list_arguments,
        "[{…}]",
        'tavle list shifts --where customer="City Library" --mine',
    ),
    Verb(
        "show",
        _("one record, whole, with its history"),
        looking.show,
        looking.show_arguments,
        "{…, history: [{change, at, by, decision, set}]}",
    ),
    Verb(
        "do",
        _("take a decision"),
        deciding.do,
        deciding.do_arguments,
        _RECORD,
        'tavle do complaint.solve 1f3a note="Washed again"',
        deciding.known,
    ),
    Verb(
        "cover",
        _("the best plan for what is uncovered: shown, or taken"),
        covering.cover,
        covering.arguments,
        "{covered, uncovered, proven}, taken also {change, offline, problem}",
    ),
    Verb(
        "undo",
        _("undo the last decision, or the one named"),
        deciding.undo,
        deciding.undo_arguments,
        _RECORD,
    ),
    Verb("redo", _("take an undo back"), deciding.redo, deciding.redo_arguments, _RECORD),
    Verb(
        "import",
        _("take in a table"),
        files.import_,
        files.import_arguments,
        "{created, updated, unchanged, rejected: [{row, why}], dropped_columns, made, proposed, alike}",
        "tavle import shifts roster.xlsx --map roster.toml --dry-run",
    ),
    Verb(
        "export",
        _("write records to a file"),
        files.export,
        files.export_arguments,
        "{rows}",
        'tavle export shifts plan.ics --where person="Sara Lind"',
    ),
    Verb(
        "card",
        _("the card of a contact as a page to print"),
        cards.card,
        cards.arguments,
        "{file}",
    ),
    Verb(
        "feed",
        _("the office's exports, read at every sync"),
        feeds.feed,
        feeds.arguments,
        "as do; list: [{id, kind, path, source, state, why, as_of, looked_at, accepted, rejected, "
        "dropped_columns, gone}]",
    ),
    Verb(
        "check",
        _("validate a template, module, reply or promise file"),
        content.check,
        content.arguments,
        "[{line, what}]",
    ),
    Verb(
        "publish",
        _("share such a file with the team"),
        content.publish,
        content.arguments,
        "[{line, what}]",
    ),
    Verb("verify", _("an export of signed rows against the history")),
    Verb(
        "due",
        _("when a limit runs out"),
        duetime.due,
        duetime.arguments,
        "{starts, due}, a window also earliest",
        "tavle due 5wd 2026-11-23T09:00 --country DK",
    ),
    Verb(
        "report",
        _("a month's complaints: received, in time, breaches, outcomes, causes, repeats"),
        reporting.report,
        reporting.arguments,
        "{month, received, answered_in_time, answered_late, not_answered, broken, escalated, actions_done, "
        "actions_open, outcomes, causes, repeats, months, breaches}",
    ),
    Verb(
        "doctor",
        _("what is wrong, and what would mend it"),
        keeping.doctor,
        keeping.doctor_arguments,
        "[{what, severity, mend}]",
    ),
    Verb("rebuild", _("fold the local tables anew"), keeping.rebuild, _nothing, "{changes}"),
    Verb("serve", _("the board in a web browser")),
)
"""Every verb, in the order of the help."""


def parser_of(verb: Verb) -> Parser:
    """The parser of a verb's own words."""
    said = f"{verb.help[0].upper()}{verb.help[1:]}."
    epilog = [_("such as:  %(example)s") % {"example": verb.example}] if verb.example else []
    epilog.append(_("tavle --help names the options that every verb takes."))
    parser = Parser(f"tavle {verb.name}", said, "\n".join(epilog))
    verb.take(parser)
    return parser


def run(name: str, given: Namespace, words: Sequence[str]) -> int:
    """Runs one verb with its words."""
    verb = next((one for one in VERBS if one.name == name), None)
    if verb is None:
        raise UsageError(_unknown(name))
    parser = parser_of(verb)
    if given.help:
        print("\n".join(filter(None, (parser.format_help(), verb.more(words)))))
        return DONE
    if verb.run is None:
        raise UsageError(_("tavle %(verb)s is not there yet") % {"verb": verb.name})
    call = call_of(parser.parse_intermixed_args(words, given))
    return verb.run(call)


def _unknown(name: str) -> str:
    near = get_close_matches(name, [verb.name for verb in VERBS], 1)
    meant = {"name": name, "near": near[0] if near else ""}
    if near:
        return _("there is no verb %(name)s: did you mean %(near)s? tavle --help names them") % meant
    return _("there is no verb %(name)s: tavle --help names them") % meant


_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("to begin"), ("demo", "init", "sync", "serve")),
    (_("to look"), ("today", "list", "show", "report", "due")),
    (_("to decide"), ("do", "cover", "undo", "redo")),
    (_("tables and files"), ("import", "export", "feed", "card", "check", "publish", "verify")),
    (_("to mend"), ("doctor", "rebuild")),
)


def overview() -> str:
    """The verbs with their help, a line each."""
    known = {verb.name: verb for verb in VERBS}
    width = max(map(len, known))
    lines = []
    for title, names in _GROUPS:
        lines += ["", f"{title}:"]
        for verb in map(known.__getitem__, names):
            yet = "" if verb.run else _(" (not there yet)")
            lines.append(f"  {verb.name:{width}}  {verb.help}{yet}")
    return "\n".join(lines[1:])
