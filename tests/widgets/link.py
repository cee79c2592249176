"""A terminal in memory behind a driver that is not headless: what a board writes, and what then stands there."""

from __future__ import annotations

from typing import ClassVar

import pyte
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver


class Link(HeadlessDriver):
    """A terminal behind a link that can be busy."""

    SIZE: ClassVar = (100, 30)
    busy = False

    def __init__(self, app: App[None], **_given: object) -> None:
        super().__init__(app, size=self.SIZE)
        self.screen = pyte.Screen(*self.SIZE)
        self.stream = pyte.Stream(self.screen)
        self.written = ""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += data
        self.stream.feed(data)

    @property
    def lines(self) -> list[str]:
        """What stands on the terminal."""
        return [line.rstrip() for line in self.screen.display]
