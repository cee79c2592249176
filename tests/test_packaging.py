"""The lock and the wheel hold what they should."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


@pytest.fixture(scope="module")
def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [Requirement(line.rstrip("\\ ")) for line in lines if line and line[0] not in " #"]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


@pytest.mark.parametrize("declared", DECLARED)
def test_the_lock_pins_what_is_declared(declared: str, pinned: dict[str, str]) -> None:
    wanted = Requirement(declared)
    assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), "run make lock"


def test_the_wheel_carries_content_and_looks(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    beside = [path for folder in ("data", "styles") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert beside
    assert {f"app/_assets/{path.relative_to(ROOT).as_posix()}" for path in beside} <= held
    assert {"app/py.typed", "app/cli/__init__.py"} <= held
    assert all(name.startswith(("app/", "tavle-")) for name in held)
