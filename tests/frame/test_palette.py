"""Every ink can be read on every ground it stands on (WCAG 2: 4.5 to 1, what is greyed included)."""

import pytest

from app.frame.palette import DARK, INKS, LIGHT, Palette


def luminance(colour: str) -> float:
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)
def test_inks_are_readable(palette: Palette) -> None:
    colours = palette._asdict()
    for name, ink in INKS.items():
        if ink.colour == "line":
            continue
        grounds = [ink.ground] if ink.ground else ["ground", "raised", "resting", "cursor"]
        for ground in grounds:
            # Muted and faint text takes the text's colour under the cursor.
            seen = "text" if ground == "cursor" and ink.colour in ("muted", "faint") else ink.colour
            assert contrast(colours[seen], colours[ground]) >= 4.5, (name, ground)
