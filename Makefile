# make demo: lint a fixture article with its English original; make test: the whole test suite.
# Both set up .venv first (demo without the tools for development); all they need is Python 3.11 or newer, pip and make.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint generate check-generated check-wheel clean

demo: .venv/installed
	@$(BIN)/bilint check --config fixtures/bilint.toml --fail-on never fixtures/zh/bubble.md

test: .venv/ready
	$(BIN)/python -m pytest -n 2

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/catalogue.py --check

generate: .venv/ready
	$(BIN)/python scripts/generate.py

check-generated: .venv/ready
	$(BIN)/python scripts/generate.py --check

check-wheel: .venv/ready
	$(BIN)/python scripts/check_wheel.py

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch .venv/installed

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch .venv/ready

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
