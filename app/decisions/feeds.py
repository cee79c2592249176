"""Which of the office's exports the team reads: configured once, read by whoever syncs next."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.masters import OFFICE
from app.decisions.registry import Set, decision, required
from app.domain.column_map import ENDINGS, IMPORTABLE, Map, kind_named, parse_map
from app.domain.fields import LINE, TEXT, BadInput, choice
from app.domain.records import Feed
from app.domain.view import View
from app.text import _


@decision("feed.add", on=None, roles=OFFICE, title=_("Add a feed"), done=_("Added the feed"))
class Add:
    """An export of the office that is read at every sync from now on, by everyone who can reach it.

    Its rows become records as those of an import do; `map` is the text of a MAP.toml. What people decided stays:
    where the export has changed since, both are a listed conflict. A row that is gone from it deletes nothing.
    """

    kind: str = required(choice(*IMPORTABLE), _("What does each of its rows become?"))
    path: str = required(LINE, _("Where does it lie? From the team file's folder on, or absolute"))
    map: str = required(TEXT, _("The text of its MAP.toml: which column is which field"))

    def refuse(self, _record: None, view: View) -> str | None:
        self._map()
        if not self.path.lower().endswith(ENDINGS):
            what = {"path": self.path, "known": " ".join(ENDINGS)}
            raise BadInput(
                _("%(path)s is no export that can be read; its ending must be one of %(known)s") % what
            )
        if view.find(Feed, kind=self.kind, path=self.path, active=True):
            return _("%(path)s is a feed already") % {"path": self.path}
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields = {"kind": self.kind, "path": self.path, "map": self.map, "source": self._map().source}
        yield Set("feeds", view.new_id(), {**fields, "active": True}, new=True)

    def _map(self) -> Map:
        try:
            return parse_map(self.map, kind_named(self.kind))
        except BadInput as error:
            raise BadInput(_("map: %(why)s") % {"why": error}) from error


@decision("feed.remove", on=Feed, roles=OFFICE, title=_("Remove the feed"), done=_("Removed the feed"))
class Remove:
    """It is read no longer; what it brought stays."""

    @staticmethod
    def blocked(feed: Feed, _view: View) -> str | None:
        return None if feed.active else _("it has been removed")

    def changes(self, feed: Feed, _view: View) -> Iterator[Set]:
        yield Set("feeds", feed.id, {"active": False})
