"""What the codes of records are called by people: kinds of absence, states, channels, templates."""

from __future__ import annotations

from app.text import _


def role_words() -> dict[str, str]:
    """Role → its name."""
    return {
        "supervisor": _("supervisor"),
        "first_assistant": _("first assistant"),
        "service_assistant": _("service assistant"),
        "trainer": _("trainer"),
        "manager": _("manager"),
        "hr": _("HR"),
        "office": _("office"),
    }


def language_word(code: str) -> str:
    """A language by its name; one that is not known here keeps its code."""
    words = {
        "da": _("Danish"),
        "sv": _("Swedish"),
        "nb": _("Norwegian"),
        "no": _("Norwegian"),
        "fi": _("Finnish"),
        "de": _("German"),
        "en": _("English"),
    }
    return words.get(code, code)


def absence_kinds() -> dict[str, str]:
    """Kind of absence → its name."""
    return {"sick": _("sick"), "child_sick": _("child sick"), "holiday": _("holiday"), "other": _("away")}


def kind_word(kind: str | None) -> str:
    """An absence's kind as people say it."""
    return absence_kinds().get(kind or "", _("away"))


def absence_states() -> dict[str, str]:
    """State of an absence → its name."""
    return {
        "reported": _("reported"),
        "approved": _("approved"),
        "withdrawn": _("withdrawn"),
        "ended": _("back at work"),
    }


def complaint_states() -> dict[str, str]:
    """State of a complaint → its name."""
    return {
        "waiting": _("waiting"),
        "acknowledged": _("acknowledged"),
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "extra_work": _("extra work"),
        "solved": _("solved"),
        "closed": _("closed"),
    }


def channels() -> dict[str, str]:
    """Channel of a complaint or contact → its name."""
    return {
        "email": _("e-mail"),
        "phone": _("phone"),
        "letter": _("letter"),
        "in_person": _("in person"),
        "form": _("form"),
        "sms": _("SMS"),
        "web": _("web"),
        "other": _("other"),
        "system": _("system"),
    }


def channel_word(channel: str | None) -> str:
    """A channel as people say it; a dash where none is known."""
    return channels().get(channel or "", (channel or "–").replace("_", " "))


def clock_words() -> dict[str, str]:
    """Clock of a promise → how it counts."""
    return {
        "elapsed": _("day and night"),
        "working_hours": _("working hours"),
        "working_days": _("working days"),
        "calendar": _("calendar days"),
        "window": _("a window"),
        "immediate": _("at once"),
        "per_customer": _("set for each customer"),
    }


def template_uses() -> dict[str, str]:
    """Use of a template → what it is for."""
    return {
        "acknowledge": _("acknowledge"),
        "accept": _("accept"),
        "reject": _("reject"),
        "extra_work": _("extra work"),
        "follow_up": _("follow up"),
        "offer": _("offer a shift"),
    }
