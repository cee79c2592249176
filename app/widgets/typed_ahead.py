"""Keys are taken one after the other: what is typed ahead waits until the key before it has had its effect.

Textual hands a key on as it comes, and answers it several messages later. Whoever types ``n`` and goes on with the
reason would else have these letters taken by the list that was there before the form, as keys of its own.
"""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

Typed = Key | Paste
_ROUNDS = 2
"""What a key leads to is a message of its own: *Enter* is one that says *chosen*, behind it."""
_AFTER_THE_PAINT = 0.01
"""Seconds after which a key that none comes behind is followed: what it moves is painted by then."""
_AT_MOST = 1.0
"""Seconds that a key waits for the one before it, whatever became of that one."""


class TypedAhead:
    """The keys that wait, and the one that is under way. ``hand_on`` gives a key to who has the focus."""

    def __init__(self, app: App[None], hand_on: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Typed] = deque()
        self._under_way: Typed | None = None
        self._follower: tuple[TimerHandle, Callable[[], None]] | None = None

    async def take(self, typed: Typed) -> None:
        """Hands a key on, at once or when its turn comes."""
        if self._under_way is None:
            await self._begin(typed)
            return
        self._waiting.append(typed)
        if len(self._waiting) == 1:
            self._wait_for(self._under_way)
        self._hurry()

    async def _begin(self, typed: Typed) -> None:
        self._under_way = typed
        if self._waiting:
            self._wait_for(typed)
        screen, node = self._app.screen, self._app.focused or self._app.screen
        await self._hand_on(typed)
        follow = partial(self._follow, typed, node, screen, _ROUNDS)
        self._follower = get_running_loop().call_later(_AFTER_THE_PAINT, follow), follow
        if self._waiting:
            self._hurry()

    def _hurry(self) -> None:
        """Another key waits: the one that is under way is followed now, where that is still to come."""
        if self._follower is None:
            return
        later, follow = self._follower
        self._follower = None
        if later.when() > get_running_loop().time():
            later.cancel()
            follow()

    def _wait_for(self, typed: Typed) -> None:
        self._app.set_timer(_AT_MOST, partial(self._next, typed))

    def _follow(self, typed: Typed, node: MessagePump, screen: Screen[object], rounds: int) -> None:
        """Goes up behind a key: where this comes by, the key has been."""
        if not rounds or not node.call_later(self._went_by, typed, node, screen, rounds):
            self._settle(typed, screen)

    def _went_by(self, typed: Typed, node: MessagePump, screen: Screen[object], rounds: int) -> None:
        if node is self._app:
            self._follow(typed, self._app.focused or self._app.screen, screen, rounds - 1)
        else:
            self._follow(typed, node._parent or self._app, screen, rounds)

    def _settle(self, typed: Typed, before: Screen[object]) -> None:
        """A dialog that the key has opened is waited for until the focus is where it begins."""
        screen = self._app.screen
        if screen is before:
            self._app.call_later(self._next, typed)
        elif screen.is_mounted and (screen.focused or not screen.focus_chain):
            screen.call_after_refresh(self._app.call_later, self._next, typed)
        else:
            screen.call_after_refresh(self._settle, typed, before)

    async def _next(self, typed: Typed) -> None:
        if typed is not self._under_way:
            return
        self._under_way = None
        if self._waiting:
            await self._begin(self._waiting.popleft())
