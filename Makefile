# One command runs it, one command tests it. PYTHON may name an interpreter; 3.11, 3.12 and 3.13 will do.
PYTHON ?= python3
IN = .venv/bin
# How `make test` runs pytest; `make test ARGS=tests/core` narrows it.
ARGS ?= --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: run reset emptied test check bench python environment environment-dev screenshots lock css

run: environment
	@exec $(IN)/python -m odifund.launch run

reset:
	@if [ -e var ] || [ -e .venv ]; then $(MAKE) --no-print-directory emptied; else echo "There is nothing to empty."; fi

emptied: environment
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

# What cannot even read environment.py is named here, the rest there.
python:
	@[ "$$($(PYTHON) -c 'import sys; print(sys.version_info >= (3, 6))' 2>&1)" = True ] || { \
	echo "$(PYTHON) will not do: name Python 3.11, 3.12 or 3.13, as in \`PYTHON=python3.12 make run\`." >&2; exit 1; }

environment: python
	@$(PYTHON) odifund/launch/environment.py requirements.txt

environment-dev: python
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
