"""What is understood of the words after ``tavle``, and that junk ends in one line."""

from __future__ import annotations

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.cli.options import VERSION
from app.cli.verbs import VERBS
from tests.cli.conftest import Run, Tavle

NAMES = [verb.name for verb in VERBS]


@pytest.fixture(autouse=True)
def nobody_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nobody"))


def test_the_version_is_the_distributions(run: Run) -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert f'version = "{VERSION}"' in project
    ended = run("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"tavle {VERSION}\n", "")


def test_help_names_every_verb(run: Run) -> None:
    ended = run("--help")
    assert ended.code == 0
    assert all(f"\n  {verb} " in ended.out for verb in NAMES)


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_has_help(run: Run, verb: str) -> None:
    for words in ((verb, "--help"), ("--help", verb), ("-h", verb)):
        ended = run(*words)
        assert (ended.code, ended.err) == (0, "")
        assert f"usage: tavle {verb}" in ended.out


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "list", "people", "--where", "role=hr"),
        ("list", "--json", "people", "--where", "role=hr"),
        ("list", "people", "--where", "role=hr", "--json"),
        ("list", "--where", "role=hr", "people", "--json"),
    ],
)
def test_global_options_stand_anywhere(mette: Tavle, run: Run, words: tuple[str, ...]) -> None:
    for home in (("--home", mette.home, *words), (*words, f"--home={mette.home}")):
        (found,) = run(*home).json
        assert found["name"] == "Lone Skov"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("dance",), "there is no verb dance"),
        (("--dance",), "--dance"),
        (("--json",), "give a verb"),
        (("list",), "KIND"),
        (("list", "people", "--mime"), "--mime"),
        (("list", "people", "--limit", "few"), "few"),
        (("list", "people", "--limit", "-1"), "--limit"),
        (("show", "abcd", "efgh"), "efgh"),
        (("list", "people", "--where", "name"), "FIELD=VALUE"),
        (("list", "people", "--where", "=x"), "FIELD=VALUE"),
        (("list", "people", "--where", "name=x", "--where", "name=y"), "twice"),
        (("do", "person.add", "one", "two"), "two"),
        (("today", "--now", "tomorrow"), "--now"),
        (("today", "--now", "2026-11-23T06:40"), "offset"),
        (("today", "--now", "9999-12-31T23:59:59+00:00"), "1971 to 2099"),
        (("today", "--home"), "--home"),
        (("today", "--home", " "), "--home is empty"),
        (("today", "--as", ""), "--as is empty"),
        (("today", "--team", ""), "--team is empty"),
        (("today", "a\0b"), "text"),
        (("today", "\udc80"), "text"),
        (("today",), "joined no team"),
        (("sync", "--team", "postgresql://host/team"), "not there yet"),
        (("due", "2wd", "2026-11-23", "--team", "postgres://host/team"), "not there yet"),
    ],
)
def test_wrong_words_end_in_2_and_one_line(run: Run, words: tuple[str, ...], what: str) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert what in ended.line


@pytest.mark.parametrize("verb", ["verify", "serve"])
def test_what_is_not_there_yet_says_so(run: Run, verb: str) -> None:
    ended = run(verb, "anything", "--at", "all")
    assert (ended.code, ended.out) == (2, "")
    assert "not there yet" in ended.line


def test_the_board_wants_a_terminal(run: Run) -> None:
    for words in ((), ("--demo",), ("demo",)):
        ended = run(*words)
        assert (ended.code, ended.out) == (2, "")
        assert "terminal" in ended.line


def test_an_empty_word_is_no_verb(run: Run) -> None:
    assert run("").code == 2


WORDS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(
        ["--json", "--offline", "--where", "--limit", "--", "-", "--now", "@x", "a=b", "=", "people"]
    ),
    st.text(max_size=12),
    st.text(st.characters(max_codepoint=0x20), max_size=3),
)


@given(st.lists(WORDS, max_size=6))
def test_junk_ends_in_one_line(words: list[str]) -> None:
    """Whatever the words are: a code of the contract, and no traceback. Whether it is understood is not the point."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        assert main(["--home", f"{folder}/home", *words]) in (0, 1, 2, 3)
