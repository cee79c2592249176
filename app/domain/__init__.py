"""The business itself, pure: no I/O, no clock of its own, no SQL, no terminal."""
