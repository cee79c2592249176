"""settings.toml: what it may hold, and the one line where it cannot be used (exit code 2)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.settings import FILE, Joining, Settings, SettingsError, load, save


def refusal(home: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load(home)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_a_file_all_is_as_shipped(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(tmp_path)
    assert load(tmp_path / "not" / "there").acute_minutes == 60


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    settings = Settings(
        tmp_path / "home",
        team='/mnt/"x" \\ æ.tavle',
        person="Mette Holm",
        acute_minutes=90,
        travel_kmh=50,
        travel_minutes=0,
        theme="tavle-dark",
        keymap={"absence.approve": "a"},
        joining=Joining("Mette Holm", "supervisor", "North"),
    )
    save(settings)
    assert load(settings.home) == settings
    assert stat.S_IMODE((settings.home / FILE).stat().st_mode) == 0o600
    assert [one.name for one in settings.home.iterdir()] == [FILE]


def test_what_stands_there_under_other_names_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'future = "x"\ntheme = "old"\n[join]\nname = "A"\nrole = "hr"\n[more]\nb = 1\n'
    )
    save(Settings(tmp_path, person="Mette"))
    said = (tmp_path / FILE).read_text()
    assert 'future = "x"' in said
    assert "b = 1" in said
    assert "theme" not in said
    assert "join" not in said
    assert load(tmp_path) == Settings(tmp_path, person="Mette")


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'\xef\xbb\xbfperson = "Mette"\r\n')
    assert load(tmp_path).person == "Mette"


@pytest.mark.parametrize(
    "content",
    [
        b"person = ", b"person = 7", b"team = true", b'acute_minutes = "60"', b"acute_minutes = true", b"keys = 7",
        b"[join]\nname = 5\nrole = 'hr'", b"[join]\nname = 'x'", b"join = 7", b"[join]\nwho = 'x'", b"\xff\xfe",
        b"travel_kmh = 0", b"travel_minutes = -1", b"a = 1\na = 2", b"\x00", b"x = " + b"[" * 2000,
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert str(tmp_path / FILE) in refusal(tmp_path)
    assert "damaged" in refusal(tmp_path)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert "cannot be read" in refusal(tmp_path)
    with pytest.raises(SettingsError, match="cannot be"):
        save(Settings(tmp_path))


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(SettingsError, match="cannot be"):
        save(Settings(tmp_path / "home"))


def test_a_damaged_file_is_not_saved_over(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("person = ")
    with pytest.raises(SettingsError, match="damaged"):
        save(Settings(tmp_path, person="Mette"))
    assert (tmp_path / FILE).read_text() == "person = "
