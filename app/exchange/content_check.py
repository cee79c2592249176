"""Checking a content file that a trainer edited: every flaw with its line, before it is shared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.store.content import read_text
from app.text import _


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, on a line (from 1; 0 where the file itself cannot be read)."""

    line: int
    what: str


def check_file(path: Path) -> list[Finding]:
    """All that is wrong with a module, plan template, promise or reply file, by line; empty when sound."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return [Finding(0, _("the file cannot be read: %(why)s") % {"why": error.strerror or error})]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Finding(raw.count(b"\n", 0, error.start) + 1, _("this line is not UTF-8 text"))]
    return [Finding(flaw.line, flaw.what) for flaw in read_text(text).flaws]
