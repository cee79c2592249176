import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.plain import one_line, visible

ANY = st.text(st.characters(exclude_categories=()))


def test_controls_and_hidden_marks_are_seen() -> None:
    assert visible("[/b] [red]x \x1b[31m \x07\x9b\x7f") == "[/b] [red]x ␛[31m ␇<U+009B>␡"
    assert visible("Rost\u202efdp.exe\u2066") == "Rost<U+202E>fdp.exe<U+2066>"
    assert visible("a\r\nb\rc\td") == "a\nb\nc    d"


def test_what_scripts_and_emoji_need_stays() -> None:
    assert visible("می\u200cخواهم 👩\u200d🔧 ❤\ufe0f Ærø") == "می\u200cخواهم 👩\u200d🔧 ❤\ufe0f Ærø"


def test_one_line_marks_the_breaks() -> None:
    assert one_line("  Floor sticky.\r\n\r\n  Bin full.\t ") == "Floor sticky. ⏎ Bin full."
    assert one_line("a\nb", mark=" ") == "a b"


@given(ANY)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in shown if c != "\n")
    assert all(
        unicodedata.bidirectional(c) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI") for c in shown
    )
    assert visible(shown) == shown
    assert shown.encode().decode() == shown


@given(ANY)
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert "\n" not in shown
    assert one_line(shown) == shown


@given(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_plain_text_is_untouched(text: str) -> None:
    assert visible(text) == text
