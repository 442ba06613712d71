# Every developer command. `make` alone lists them; CONTRIBUTING.md says when to use which.
.DEFAULT_GOAL := help
.PHONY: help run setup test quick fmt lint types journeys bench drill seed backup restore docs messages reset lock
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
PORT ?= 8000
export PORT

help: ## list these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## serve on http://localhost:8000 with opening data and demo accounts (PORT=… changes the port)
	@exec $(PYTHON) -m tools.run

setup: .venv/.run ## prepare everything `run` needs, and serve nothing
	@$(PYTHON) -m tools.setup

test: .venv/.dev ## everything: lint, types, the suite on SQLite and on PostgreSQL, the browser journeys
	@exec $(PYTHON) -m tools.suite

quick: .venv/.dev ## the suite on SQLite without races and journeys, failures of the last time first
	@$(PYTHON) -m pytest -n 2 -q -x --ff -m "not journey and not race and not postgres"

fmt: .venv/.dev ## format the code and mend what can be mended
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

lint: .venv/.dev ## the house rules: ruff, who may import whom, migrations, templates, names, sizes
	@$(PYTHON) -m tools.lint

types: .venv/.dev ## mypy, strict where rules, queries, policies and actions are written
	@.venv/bin/mypy

journeys: .venv/.dev ## whole errands in a real browser; renews the pictures of docs/guide/
	@GUIDE_SHOTS=1 $(PYTHON) -m pytest -q -n 2 -m journey

bench: .venv/.dev ## speed, each figure beside its baseline in the same run
	@$(PYTHON) -m tests.bench

drill: .venv/.dev ## kill, restore and outage drills, timed (minutes; not part of `test`)
	@$(PYTHON) -m tests.drill

seed: setup ## load the opening data and the demo rows again (changes nothing that is there)
	@$(MANAGE) seed all

backup: .venv/.run ## one file with the database, the uploaded files and their hashes, under var/backups/
	@$(MANAGE) backup

restore: .venv/.run ## put a backup back: make restore FILE=var/backups/….tar.gz (what was there is moved aside)
	@test -n "$(FILE)" || { echo "Say which backup: make restore FILE=var/backups/….tar.gz"; exit 2; }
	@$(MANAGE) restore "$(FILE)"

docs: .venv/.dev ## write the generated pages of docs/ anew
	@OCOP_MODE=test $(PYTHON) -m tools.docs

messages: .venv/.dev ## collect the texts to translate into English, and compile the catalogues (needs gettext)
	@$(MANAGE) makemessages -l en --no-wrap --no-obsolete --add-location file --ignore .venv --ignore var --ignore tests --ignore "ocop/web/desk/*"
	@$(MANAGE) compilemessages --ignore .venv

reset: ## forget the demo's database and files (var/ is deleted)
	@rm -rf var && echo "var/ is gone; make run starts from the opening data."

lock: .venv/.dev ## resolve the dependencies of pyproject.toml into locks/, with hashes
	@$(PYTHON) -m tools.lock

# The virtual environment, by whatever Python 3.11 or newer is here. A venv that failed half-way is taken away again.
.venv/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making .venv with $$python"; \
	    $$python -m venv .venv && exit 0; \
	    rm -rf .venv; echo "$$python cannot make a virtual environment (on Debian: apt install python3-venv)."; exit 1; \
	  fi; \
	done; echo "Python 3.11 or newer is needed and was not found."; exit 1

.venv/.run: locks/run.txt | .venv/bin/python
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip >/dev/null
	@echo "Installing what the project needs (about a minute the first time)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r locks/run.txt
	@touch $@

.venv/.dev: locks/dev.txt | .venv/bin/python
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip >/dev/null
	@echo "Installing what developing needs (about two minutes the first time)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r locks/dev.txt
	@touch $@
