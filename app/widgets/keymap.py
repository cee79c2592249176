"""Keys as people read them, and what settings.toml says of them.

``shown_key("question_mark")`` is ``?``; ``pressed_key("?")`` the way back.
``Keymap(wanted, scopes)`` takes the ``[keys]`` of settings.toml, and the classes whose keys work at the same time, a
group for each screen. ``good`` is what can be bound; ``problems`` says of each other line what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.binding import Binding
from textual.keys import Keys

from app.text import _

_SHOWN = {
    "question_mark": "?", "colon": ":", "slash": "/", "plus": "+", "minus": "-", "escape": "Esc", "enter": "Enter",
    "space": "Space", "tab": "Tab", "left": "←", "right": "→", "up": "↑", "down": "↓", "home": "Home", "end": "End",
    "pageup": "Page Up", "pagedown": "Page Down", "equals_sign": "=",
}  # fmt: skip
_PRESSED = {shown: key for key, shown in _SHOWN.items()}
_OURS = f"{__name__.partition('.')[0]}."
_HELD = ("ctrl", "shift", "alt", "super")
_NAMED = frozenset(key.value for key in Keys) | frozenset(_SHOWN)

Scope = Sequence[type]


def shown_key(key: str) -> str:
    """A key as a person reads it: ``?``, ``Esc``, ``Shift+↑``."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    name = _SHOWN.get(last) or (last.capitalize() if held or len(last) > 1 else last)
    return "+".join((*(one.capitalize() for one in held), name))


def pressed_key(shown: str) -> str:
    """The key that is shown so."""
    return _PRESSED.get(shown, shown)


def bindings_of(classes: Iterable[type]) -> list[Binding]:
    """The keys that classes of ours, and those of ours that they are made from, declare."""
    made = dict.fromkeys(base for cls in classes for base in cls.__mro__ if base.__module__.startswith(_OURS))
    listed = (one for base in made for one in vars(base).get("BINDINGS", ()))
    return [one for one in listed if isinstance(one, Binding)]


class Keymap:
    """The keys that a person has chosen, as far as they can be bound."""

    def __init__(self, wanted: Mapping[str, str], scopes: Sequence[Scope] = ()) -> None:
        self._by_class = tuple(scopes)
        self._scopes = [{one.id: one for one in bindings_of(scope) if one.id} for scope in scopes]
        self.problems: list[str] = []
        self.good = {name: keys for name, keys in wanted.items() if self._possible(name, _listed(keys))}
        while clashing := self._clashing():
            for name, other in clashing.items():
                said = {"name": name, "keys": self.good.pop(name), "other": other}
                self.problems.append(_("%(name)s: %(keys)s is taken by %(other)s") % said)

    def _possible(self, name: str, keys: list[str]) -> bool:
        wrong = [key for key in keys if not _is_key(key)]
        if all(name not in scope for scope in self._scopes):
            self.problems.append(_("%(name)s: nothing is called that") % {"name": name})
        elif wrong or not keys:
            self.problems.append(_("%(name)s: “%(key)s” is no key") % {"name": name, "key": ",".join(keys)})
        else:
            return True
        return False

    def _clashing(self) -> dict[str, str]:
        """What was bound to a key that something else has at the same time, with the name of that."""
        found: dict[str, str] = {}
        for scope in self._scopes:
            users: dict[str, list[str]] = {}
            for name, binding in scope.items():
                for key in _listed(self.good.get(name, binding.key)):
                    users.setdefault(pressed_key(key), []).append(name)
            for names in users.values():
                for name in names:
                    others = [one for one in names if one != name]
                    if others and name in self.good:
                        found.setdefault(name, others[0])
        return found

    def rebound(self, screen: type) -> dict[str, str]:
        """Where a screen is up, the keys that others stand for by now: declared key to key, both as they are shown."""
        places = [place for place, scope in enumerate(self._by_class) if screen in scope]
        return {
            shown_key(_listed(one.key)[0]): shown_key(_listed(self.good[name])[0])
            for place in places
            for name, one in self._scopes[place].items()
            if name in self.good
        }


def _listed(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()] or ([","] if keys.strip() else [])


def _is_key(key: str) -> bool:
    *held, last = key.split("+") if len(key) > 1 else [key]
    return all(one in _HELD for one in held) and (len(last) == 1 or last in _NAMED)
