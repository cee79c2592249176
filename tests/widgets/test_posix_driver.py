"""The driver under the board: it sleeps until something is typed, and what the terminal cannot take yet is not lost."""

import os
import select
import signal
import sys
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from textual import constants
from textual.events import Key
from textual.message import Message

from app.widgets.posix_driver import PosixDriver
from tests.widgets.gallery import Gallery
from tests.widgets.terminal import Terminal

SOON = 10


async def test_it_wakes_for_what_is_typed_for_a_lone_escape_and_to_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: Queue[Message] = Queue()
    waits: list[float | None] = []
    real = select.select

    def spied(*asked: Any) -> Any:
        waits.append(asked[3])
        return real(*asked)

    monkeypatch.setattr(signal, "signal", lambda *_given: None)
    driver = PosixDriver(Gallery())
    driver.fileno, typing = os.pipe()
    monkeypatch.setattr(driver, "process_message", said.put)
    monkeypatch.setattr(select, "select", spied)
    for _again in range(2):
        waits.clear()
        thread = Thread(target=driver.run_input_thread, daemon=True)
        thread.start()
        for typed, key in ((b"j", "j"), (b"\x1b[B", "down"), (b"\x1b", "escape")):
            os.write(typing, typed)
            found = said.get(timeout=SOON)
            assert isinstance(found, Key)
            assert found.key == key
        driver.exit_event.set()
        thread.join(SOON)
        assert not thread.is_alive()
        # a thread that gets its turn late does not wait for what may follow an Escape
        assert waits in ([None] * 4, [None, None, None, constants.ESCAPE_DELAY, None])
        driver.exit_event.clear()


def test_what_a_terminal_does_not_take_at_once_comes_later_and_in_order() -> None:
    writing = """
from app.first_frame import Held
from app.widgets.handover import driver_for
from tests.widgets.gallery import Gallery
class Writing(Gallery):
    def on_mount(self):
        for number in range(300):
            self._driver.write(f"<{number}{'ø' * 400}>")
        self.exit()
Writing(driver=driver_for(Held())).run()
"""
    with Terminal([sys.executable, "-c", writing], (100, 30)) as terminal:
        terminal.until(lambda seen: b"\x1b[?1049l" in seen.written)
        said = terminal.written.decode()
        wanted = "".join(f"<{number}{'ø' * 400}>" for number in range(300))
        assert wanted in said
