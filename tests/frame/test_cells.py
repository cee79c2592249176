from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as rich_len

from app.domain.plain import one_line
from app.frame.cells import cell_len, clip, fit

SCRIPTS = st.characters(
    codec="utf-8",
    categories=("Lu", "Ll", "Lt", "Nd", "Pd", "Ps", "Pe", "Po", "Sc", "Sm", "Mn"),
)
TEXT = st.text(st.one_of(SCRIPTS, st.sampled_from("日本語한국어●▲✓▌◆■□…─│╭╮ⓧ👷🧹e\u0301")), max_size=40)


@given(TEXT)
def test_widths_agree_with_the_terminal_library(text: str) -> None:
    assert cell_len(text) == rich_len(text)


def test_joined_emoji_take_what_the_terminal_library_says() -> None:
    for text in ("👩\u200d🔧", "❤\ufe0f", "👍🏽", "🇩🇰"):
        assert cell_len(text) == rich_len(text), text


@given(TEXT, st.integers(0, 30))
def test_clip_never_exceeds_and_says_when_it_cut(text: str, width: int) -> None:
    shown = clip(text, width)
    assert cell_len(shown) <= width
    assert shown == text or shown.endswith("…") or width == 0


@given(st.text(max_size=30), st.integers(1, 40), st.sampled_from(["left", "right", "center"]))
def test_fit_is_exact_for_any_shown_text(text: str, width: int, align: str) -> None:
    assert cell_len(fit(one_line(text), width, align)) in (width, width - 1)
