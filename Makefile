# Everything a newcomer needs: `make demo` shows Scherp at work, `make test` is the whole gate.
# Both do all the set-up on a fresh Debian with make and Python 3.11.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/WhatsApp-chat met Kim.zip
REPORT := demo-report.html
PORT ?= 8000

.PHONY: help demo web demo-line code test lint types imports tests bench evaluate leave-out train lock signs docs pictures clean

help:  ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed  ## Check an example chat and write its report
	@$(BIN)/scherp check "$(EXAMPLE)" --for young-person --html $(REPORT)
	@echo
	@echo "$(CURDIR)/$(REPORT)"

web: $(VENV)/.installed-web var/public/.ready var/staff/.ready  ## Start both sites on this machine, with invented people
	@PORT=$(PORT) tools/both_sites.sh

demo-line: $(VENV)/.installed-dev .chromium .postgresql var/public/.ready var/staff/.ready  ## Play the help line in a browser, from first message to handover
	@mkdir -p var/demo-line
	@echo "Two browsers, a young person's and a counsellor's. This takes a minute or two."
	@SCHERP_STORY=$(CURDIR)/var/demo-line $(BIN)/pytest -q -p no:cacheprovider tests/journeys/test_from_first_message_to_handover.py
	@echo "Look at it: $(CURDIR)/var/demo-line/nl.html and $(CURDIR)/var/demo-line/en.html"

code:  ## Tell the code of the second factor of the invented people
	@SCHERP_LOCAL=1 $(BIN)/python manage.py staff demo code

test: $(VENV)/.installed-dev .chromium .postgresql var/public/.ready var/staff/.ready lint types imports tests  ## Install what the tests need and run everything

lint:  ## Style: ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:  ## Types: mypy, strict
	SCHERP_LOCAL=1 PYTHONPATH=tools $(BIN)/mypy

imports:  ## Who may import whom: import-linter
	$(BIN)/lint-imports

tests:  ## Behaviour, laws, examples, documentation, pages
	$(BIN)/pytest -n 2 --cov --cov-report=
	$(BIN)/pytest -n 2 --cov --cov-append --cov-report=term tests/staff
	SCHERP_TEST_STORES=files $(BIN)/pytest -q -n 2 tests/web/test_talks.py tests/web/test_quick.py tests/web/test_live_delivery.py tests/web/test_helpchat_*.py
	SCHERP_TEST_STORES=files $(BIN)/pytest -q -n 2 tests/staff

bench: $(VENV)/.installed-dev .chromium .postgresql var/public/.ready var/staff/.ready  ## Measure speed and write benchmarks/*.md
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/scoring.py
	$(BIN)/python benchmarks/browser.py
	$(BIN)/python benchmarks/signs.py
	$(BIN)/python benchmarks/marks.py
	$(BIN)/python benchmarks/line.py
	$(BIN)/python benchmarks/line.py --talks 500

leave-out: $(VENV)/.installed-dev  ## Measure how far the learned words travel; write benchmarks/leave_out.md, writers.md
	$(BIN)/python benchmarks/leave_out.py
	$(BIN)/python benchmarks/writers.py

evaluate: $(VENV)/.installed-dev  ## Measure how well it warns, and why not; write benchmarks/evaluation.*, errors.md
	$(BIN)/python benchmarks/evaluate.py
	$(BIN)/python benchmarks/errors.py

train: $(VENV)/.installed-dev  ## Learn the packaged weights anew from the measuring data and our own conversations
	$(BIN)/python -m scherp.training ../shared/data corpus

signs: $(VENV)/.installed  ## Make the index of the vocabulary after editing a sign
	$(BIN)/python -m scherp.signs.index

docs: $(VENV)/.installed-dev  ## Write the reference pages that are generated
	$(BIN)/python docs/generate.py

pictures: $(VENV)/.installed-dev .chromium var/public/.ready  ## Take the pictures of the public site that the documentation shows
	$(BIN)/python docs/pictures.py

lock: $(VENV)/.installed-dev  ## Pin every requirement, with hashes
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet pip-tools
	cd requirements && for part in base web dev; do \
	  ../$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header $$part.in -o $$part.txt; done
	rm -rf $(VENV)-lock

clean:  ## Remove what was made
	rm -rf $(VENV) $(VENV)-lock .chromium .postgresql node_modules var $(REPORT) .pytest_cache .mypy_cache .ruff_cache .coverage

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Scherp needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || tools/install.sh python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.installed-web: requirements/web.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/web.txt
	@touch $@

node_modules/.installed: package-lock.json
	@command -v npm >/dev/null || tools/install.sh nodejs npm
	npm ci --silent
	@touch $@

# What the site serves as files; made anew when the engine, the advice or a style has changed.
var/public/.ready: node_modules/.installed $(shell find src/scherp -type f -not -name '*.pyc')
	@test -e $(VENV)/.installed-dev || $(MAKE) --no-print-directory $(VENV)/.installed-web
	SCHERP_LOCAL=1 $(BIN)/python manage.py public prepare
	@touch $@

var/staff/.ready: $(shell find src/scherp/web -path '*/static/*' -type f)
	@test -e $(VENV)/.installed-dev || $(MAKE) --no-print-directory $(VENV)/.installed-web
	SCHERP_LOCAL=1 $(BIN)/python manage.py staff collectstatic --no-input -v 0
	@touch $@

.postgresql:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || tools/install.sh postgresql
	@touch $@

.chromium:
	@command -v chromium >/dev/null || tools/install.sh chromium
	@touch $@
