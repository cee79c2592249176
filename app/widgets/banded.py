"""A compositor that has drawn again only what is wanted again.

Textual asks every widget of a screen for all of its lines, whatever has changed on it; of a key that moves a cursor by
a line that would be most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class BandedCompositor(Compositor):
    """Asks the widgets that stand where something changes for their lines there, and none that is behind them."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Where each widget stands, what of it is looked at, and its lines there; those in front come first."""
        wanted = crop or self.size.region
        band = Region(0, wanted.y, self.size.width, wanted.height)
        for widget, (region, clip) in self.visible_widgets.items():
            window = clip.intersection(band)
            seen = region.intersection(window)
            if seen and seen.overlaps(wanted):
                yield region, window, widget.render_lines(seen.translate(-region.offset))
                if seen.contains_region(wanted):
                    return
