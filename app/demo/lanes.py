"""The lanes of a team file, written straight to the disk: one file a segment, one line a change."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from app.sync.layout import SEGMENT_BYTES, segment_path

_BUFFER = 256 * 1024


class _Segment:
    """The file that a lane goes on in."""

    def __init__(self, folder: Path, lane: str, number: int) -> None:
        path = folder / segment_path(lane, 1, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.number = number
        self.size = 0
        self.file: BinaryIO = path.open("xb", buffering=_BUFFER)


class LaneFiles:
    """Takes the lines of several lanes in their order; a segment of 4 MiB is sealed and the next one begun."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments: dict[str, _Segment] = {}

    def write(self, lane: str, line: bytes) -> None:
        """Adds a change to its lane. OSError when the disk cannot take it."""
        segment = self._segments.get(lane)
        if segment is None or segment.size >= SEGMENT_BYTES:
            segment = self._next(lane, segment)
        segment.file.write(line)
        segment.file.write(b"\n")
        segment.size += len(line) + 1

    def _next(self, lane: str, full: _Segment | None) -> _Segment:
        if full is not None:
            full.file.close()
        self._segments[lane] = _Segment(self._folder, lane, full.number + 1 if full else 1)
        return self._segments[lane]

    def __enter__(self) -> LaneFiles:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for segment in self._segments.values():
            segment.file.close()
