"""The limits of working time, by country."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.store.working_time import limits_of


@pytest.mark.parametrize("country", ["DK", "se", "NO", "FI", "DE", "EU"])
def test_a_country_has_its_limits_and_says_where_they_are_written(country: str) -> None:
    found = limits_of(country)
    assert found.daily_rest == timedelta(hours=11)
    assert found.weekly == timedelta(hours=48)
    assert len(found.source) > 20


@pytest.mark.parametrize("country", [None, "", "PT"])
def test_any_other_goes_by_the_directive(country: str | None) -> None:
    assert limits_of(country) == limits_of("EU")
