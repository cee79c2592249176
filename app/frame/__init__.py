"""Lines of styled text for a terminal, on the standard library alone.

What the first frame paints before Textual is loaded and what the widgets draw afterwards comes from the same
functions here, so that the hand-over from the one to the other is not seen.
"""
