"""Tavle: the board that a team of field supervisors meets at in the morning."""
