"""The questions that screens ask."""
