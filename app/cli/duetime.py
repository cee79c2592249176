"""The verb ``due``: when a limit or a promise runs out. Needs no home; one that has joined gives the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.call import Call
from app.cli.options import DONE, Parser, UsageError
from app.cli.output import say, say_json
from app.text import _

if TYPE_CHECKING:
    from app.desk import View


def arguments(parser: Parser) -> None:
    """What ``due`` takes."""
    add = parser.add_argument
    add("limit", metavar="LIMIT", help=_("30m, 2h, 4wh, 5wd, 3d, 2w, 1mo, or a promise such as P7"))
    add("start", metavar="FROM", help=_("an ISO 8601 time"))
    add("--before", action="store_true", help=_("count backwards"))
    add("--country", metavar="CC", help=_("whose public holidays count"))
    add("--hours", metavar="HOURS", help=_('working hours, such as "mon-fri 08:00-17:00"'))
    add("--no-holidays", action="store_true", help=_("every day is like any other"))
    add("--customer", metavar="NAME", help=_("count as promised to this customer"))
    add("--timezone", metavar="TZ", help=_("the zone that counts, such as Europe/Copenhagen"))


def due(call: Call) -> int:
    """When the limit runs out."""
    from app.domain.instants import local_iso
    from app.queries.due import due_report

    given = call.given
    try:
        found = due_report(
            given.limit,
            given.start,
            before=given.before,
            no_holidays=given.no_holidays,
            **_surroundings(call),
        )
    except (ValueError, OverflowError) as error:
        raise UsageError(str(error)) from error
    times = {"starts": found.starts, "earliest": found.earliest, "due": found.due}
    shown = {name: local_iso(time, time.tzinfo) for name, time in times.items() if time and time.tzinfo}
    if call.json:
        say_json(shown)
    else:
        for name, text in shown.items():
            say(f"{name:8}  {text}")
    return DONE


def _surroundings(call: Call) -> dict[str, Any]:
    """Where it counts: as given, else this home's area or the customer's, else Denmark."""
    given = call.given
    found: dict[str, Any] = {"promise_limit": _shipped}
    if call.settings.joining is None and call.settings.database.exists():
        with call.desk() as desk:
            found = desk.ask(_of_area, desk.member.country, given.customer)
    elif given.customer:
        raise UsageError(_("--customer needs a home that has joined a team"))
    if given.country:
        found.update(country=given.country, timezone=None)
    for name in ("hours", "timezone"):
        if value := getattr(given, name):
            found[name] = value
    return found


def _of_area(view: View, country: str, customer: str | None) -> dict[str, Any]:
    from app.queries.due import place_of

    place = place_of(view, customer)
    return {
        "country": place.country or country,
        "hours": place.hours,
        "timezone": place.timezone,
        "closed": place.closed,
        "promise_limit": lambda name: place.promises.get(name.upper()) or _shipped(name),
    }


def _shipped(name: str) -> tuple[str | None, str | None] | None:
    """The limit and direction of a promise as Tavle ships it."""
    from app.store.content import promises

    known = {one.id.upper(): (one.limit, one.direction) for one in promises()}
    return known.get(name.upper())
