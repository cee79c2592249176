# Everything happens in .venv, made with uv where it is there and with plain venv and pip where not.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
READY := .venv/.ready
CODE := $(wildcard app tests benchmarks)

# What is tried on few random examples in every run, and on thousands by soak.
LAWS := tests/domain/test_merge_laws.py tests/store/test_folding.py tests/store/test_as_seen.py tests/sync/test_properties.py

# Without bytecode every start takes three times as long.
export UV_COMPILE_BYTECODE = 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check lint soak bench snap picture lock

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile

run: $(READY) ## open the board on demo data
	$(BIN)/tavle --demo

# Four on two cores: a screen under test waits half of its time for the board to come to rest.
test: $(READY) ## run every test
	$(BIN)/pytest -q -n 4 --dist worksteal

check: lint test ## all that CI runs

lint: $(READY) ## everything checked without running the product
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry app
	$(BIN)/python -m app.docs --check
	@if grep -n '://' requirements.lock; then echo 'requirements.lock names a host' >&2; exit 1; fi

soak: $(READY) ## run the long tests and print their figures
	$(BIN)/pytest -q -s -m soak
	$(BIN)/pytest -q -m 'not soak' --hypothesis-profile=soak --durations=8 $(LAWS)

bench: $(READY) ## measure, one benchmark after the other (_*.py are helpers)
	@missed=0; for file in $(filter-out benchmarks/_%,$(wildcard benchmarks/*.py)); do \
		echo "== $$file"; $(BIN)/python "$$file" || missed=1; done; exit $$missed

snap: $(READY) ## take the snapshot pictures anew
	$(BIN)/pytest -q --snapshot-update tests/snapshots

picture: $(READY) ## draw the board for the README
	$(BIN)/python -m tests.picture docs/board.svg

lock: ## pin every dependency anew (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock

test check soak snap picture: export TEXTUAL_ANIMATIONS = none

# The lock pins the build backend too, so the checkout itself is installed without fetching anything.
$(READY): requirements.lock pyproject.toml
ifdef UV
	test -x $(BIN)/python || uv venv --quiet --clear --python $(PYTHON) .venv
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	touch $@
