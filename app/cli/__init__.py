"""The command line: the same desk without a screen. Importing it loads only what reading the words takes."""

from app.cli.entry import main

__all__ = ["main"]
