"""A board whose terminal is gone does not stay behind."""

from __future__ import annotations

import os
import pty
import threading

from app.widgets.hangup import when_hung_up


def test_a_terminal_that_hangs_up_is_noticed() -> None:
    window, terminal = pty.openpty()
    noticed = threading.Event()
    when_hung_up(terminal, noticed.set)
    os.write(window, b"a key\n")
    assert not noticed.wait(0.05)
    os.close(window)
    assert noticed.wait(10)
    os.close(terminal)


def test_what_is_no_terminal_is_no_hang_up() -> None:
    noticed = threading.Event()
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a handle is what it wants
        when_hung_up(nothing.fileno(), noticed.set)
        assert not noticed.wait(0.05)
