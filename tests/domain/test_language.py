"""A time as a letter in each of the six languages has it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.language import date_in, time_words

HERE = ZoneInfo("Europe/Copenhagen")
NINE = datetime(2026, 3, 3, 9, 5, tzinfo=HERE)
MIDNIGHT = datetime(2026, 3, 4, tzinfo=HERE)


@pytest.mark.parametrize(
    ("language", "at_nine", "that_day"),
    [
        ("en", "09:05 on Tuesday 3 March 2026", "Tuesday 3 March 2026"),
        ("da", "tirsdag den 3. marts 2026 kl. 09.05", "tirsdag den 3. marts 2026"),
        ("sv", "tisdag den 3 mars 2026 kl. 09.05", "tisdag den 3 mars 2026"),
        ("nb", "tirsdag 3. mars 2026 kl. 09.05", "tirsdag 3. mars 2026"),
        ("fi", "tiistaina 3. maaliskuuta 2026 klo 09.05", "tiistaina 3. maaliskuuta 2026"),
        ("de", "am Dienstag, 3. März 2026, um 09:05 Uhr", "am Dienstag, 3. März 2026"),
    ],
)
def test_a_time_in_a_sentence(language: str, at_nine: str, that_day: str) -> None:
    assert time_words(NINE, HERE, language) == at_nine
    assert time_words(MIDNIGHT, HERE, language, ends=True) == that_day
    assert time_words(datetime(2026, 3, 3, tzinfo=HERE), HERE, language) == that_day


def test_a_date_beside_its_label() -> None:
    day = date(2026, 3, 3)
    assert [date_in(day, one) for one in ("en", "da", "sv")] == ["03 March 2026", "03.03.2026", "2026-03-03"]
