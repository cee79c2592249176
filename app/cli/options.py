"""The words after ``tavle``: global options, which stand anywhere, then a verb with words of its own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from app.text import _

VERSION = "0.1.0"
DONE, REFUSED, WRONG, UNAVAILABLE = 0, 1, 2, 3
"""Exit codes: done; refused by a rule; wrong usage or input; the team file or database cannot be used now."""
INTERRUPTED = 130


class UsageError(Exception):
    """The words cannot be understood; the text is one line."""


class Parser(argparse.ArgumentParser):
    """Takes options between positionals, never abbreviated, and raises UsageError instead of leaving."""

    def __init__(self, prog: str, description: str | None = None, epilog: str | None = None) -> None:
        super().__init__(
            prog,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title, self._optionals.title = _("words"), _("options")

    def error(self, message: str) -> NoReturn:
        """Raises what argparse would print beside the usage, in plain words."""
        for pattern, said in _ERRORS:
            if found := re.fullmatch(pattern, message):
                raise UsageError(
                    said % {"what": found[1], "value": found[found.re.groups], "prog": self.prog}
                )
        raise UsageError(message)


_ERRORS = (
    (
        "the following arguments are required: (.*)",
        _("%(what)s is missing: %(prog)s --help says what it takes"),
    ),
    ("unrecognized arguments: (.*)", _("%(prog)s takes no %(what)s: %(prog)s --help says what it takes")),
    ("argument (.*): invalid int value: (.*)", _("%(what)s: %(value)s is no whole number")),
    ("argument (.*): expected one argument", _("%(what)s needs a value")),
)
"""What argparse says, and how it is said here."""


def global_parser() -> Parser:
    """The options that every verb takes."""
    parser = Parser(
        "tavle",
        _(
            "The board that a team of field supervisors meets at in the morning.\n"
            "tavle alone opens it, tavle --demo on a demo; tavle VERB --help says what a verb takes."
        ),
    )
    add = parser.add_argument
    add("--home", metavar="DIR", help=_("where your settings and your local database live"))
    add("--team", metavar="FILE", help=_("the shared team file"))
    add("--as", dest="acting", metavar="PERSON", help=_("who is acting: id, its beginning, or exact name"))
    add("--now", metavar="TIME", help=_("a fixed clock: an ISO 8601 time with offset"))
    add("--json", action="store_true", help=_("one JSON document on standard output"))
    add("--offline", action="store_true", help=_("leave the team file alone this time"))
    add("--demo", action="store_true", help=_("the board on throw-away demo data"))
    add("--version", action="store_true", help=_("say which Tavle this is"))
    add("--help", "-h", action="store_true", help=_("say what there is"))
    return parser


def split(words: Sequence[str]) -> tuple[argparse.Namespace, str | None, list[str]]:
    """The global options, the verb (None: there is none) and the verb's own words."""
    for word in words:
        if not _is_text(word):
            raise UsageError(_("%(word)r is not valid text") % {"word": word})
    end = list(words).index("--") if "--" in words else len(words)
    given, rest = global_parser().parse_known_args(words[:end])
    rest += words[end:]
    if not rest or rest[0] == "--":
        return given, None, rest[1:]
    if rest[0].startswith("-"):
        raise UsageError(_("there is no option %(option)s before a verb") % {"option": rest[0]})
    return given, rest[0], rest[1:]


def _is_text(word: str) -> bool:
    """False for what no file name, no database and no JSON can hold: bytes that are no UTF-8, and NUL."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in word
