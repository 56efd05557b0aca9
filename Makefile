# One command runs it, one command tests it. PYTHON may name an interpreter; 3.11, 3.12 and 3.13 will do.
PYTHON ?= python3
IN = .venv/bin
# How `make test` runs pytest; `make test ARGS=tests/core` narrows it.
ARGS ?= --numprocesses auto --dist loadfile

.PHONY: run reset test check bench environment environment-dev screenshots lock css

run: environment
	@exec $(IN)/python -m odifund.launch run

reset: environment
	@$(IN)/python -m odifund.launch reset

test: environment-dev
	$(IN)/pytest $(ARGS)

check: environment-dev
	$(IN)/ruff format --check .
	$(IN)/ruff check .
	$(IN)/mypy
	$(IN)/lint-imports
	$(IN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(IN)/python -m tests.house.describe --check
	$(IN)/djlint --check --lint templates

environment:
	@$(PYTHON) odifund/launch/environment.py requirements.txt

environment-dev:
	@$(PYTHON) odifund/launch/environment.py requirements-dev.txt

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.txt requirements.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.txt requirements-dev.in

css:
	$(IN)/python static/src/build.py

# The pictures of the README, from the demonstration.
screenshots: environment-dev
	$(IN)/python -m tests.browser.screenshots

# Main pages beside raw views, in one run; the table goes into docs/performance.md.
bench: environment-dev
	$(IN)/python -m tests.benchmarks.bench
