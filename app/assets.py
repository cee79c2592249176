"""Where the shipped content and styles lie: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _asset_dir(name: str) -> Path:
    packaged = _PACKAGE / "_assets" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def data_dir() -> Path:
    """The folder of shipped content (TOML)."""
    return _asset_dir("data")


def styles_dir() -> Path:
    """The folder of style sheets (TCSS)."""
    return _asset_dir("styles")
