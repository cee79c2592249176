"""Settings for every test."""

from hypothesis import settings

# The same small share of random examples in every run; `make soak` takes many, drawn anew each time.
settings.register_profile("check", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("soak", deadline=None, max_examples=2_000)
settings.load_profile("check")
