"""What ``tavle`` runs: reads the words, calls the verb, turns whatever goes wrong into one line and a code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.cli.options import DONE, INTERRUPTED, VERSION, UsageError, global_parser, split
from app.text import _


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code. Never raises, never shows a traceback."""
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read has seen enough; the interpreter must not complain on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the last resort: one line instead of a traceback
        from app.cli.failures import report

        return report(error)
    return code


def _run(words: Sequence[str]) -> int:
    given, verb, rest = split(words)
    if given.version:
        print(f"tavle {VERSION}")
        return DONE
    if verb is None:
        if given.help:
            return _help()
        if given.json:
            raise UsageError(_("give a verb: tavle --help names them"))
        from app.cli.boarding import open_board

        return open_board(given)
    from app.cli.verbs import run

    return run(verb, given, rest)


def _help() -> int:
    from app.cli.verbs import overview

    said, _options, options = global_parser().format_help().partition(_("options"))
    print(
        _("usage: tavle [OPTION ...] [VERB ...]"),
        said.partition("\n\n")[2].strip(),
        overview(),
        f"{_options}{options}".strip(),
        sep="\n\n",
    )
    return DONE
