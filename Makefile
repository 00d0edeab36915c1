# Everything that is done with the tree. `make help` lists it; on Windows README.md has the same without make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
TRANSLATIONS := resources/translations
UNAME := $(shell uname -s)

# Programs start three times faster from compiled modules.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test lint types tests demo bench freeze packages site screenshots translations lock judges soak clean

help: ## list what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

setup: ## make .venv with everything needed; again, only what is missing
	@$(PYTHON) .ci/set_up.py

run: setup ## open the window with the practice round, or run the demo where there is no display
ifeq ($(UNAME)$(DISPLAY)$(WAYLAND_DISPLAY),Linux)
	@echo "run: there is no display here, so instead of the window comes the demo (make demo)"
	@$(MAKE) --no-print-directory demo
else
	@echo "run: opening the window with the practice round"
	@$(BIN)/esf-desktop --practice
endif

demo: setup ## the whole job on a fictional round, without a screen, into build/demo
	@rm -rf build/demo
	@mkdir -p build
	@echo "demo: esf demo build/demo"
	@$(BIN)/esf demo build/demo
	@echo "demo: this is what it made"
	@cd build/demo && find . -type f ! -path './documents/*' -exec ls -l {} + | awk '{printf "%10d  %s\n", $$5, substr($$0, index($$0, "./") + 2)}' | sort -k2

test: setup ## everything that CI runs: lint, types, tests
	@$(MAKE) --no-print-directory lint types
	@$(MAKE) --no-print-directory tests

lint: setup
	@echo "test: ruff"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --diff; exit 1; }

types: setup
	@echo "test: mypy"
	@$(BIN)/mypy

tests: setup
	@echo "test: pytest"
	@$(BIN)/python -m pytest -n 2 --dist worksteal --durations 10

bench: setup ## ratios against bare limits, as a table
	@$(BIN)/python -m benchmarks

freeze: setup ## the program as one folder in dist/, started and tried
	@rm -rf dist build/frozen-demo
	@echo "freeze: PyInstaller"
	@$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/freeze build.spec
	@$(BIN)/python packaging/inside.py dist/esf-desktop
	@$(BIN)/python .ci/try_frozen.py dist/esf-desktop build/frozen-demo

packages: freeze ## what Linux installs, in build/packages: a Debian package, and an archive that runs where it is unpacked
	@$(BIN)/python packaging/packages.py dist/esf-desktop build/packages

site: setup ## the user guide as web pages, in build/site
	@$(BIN)/python packaging/guide_site.py build/site

screenshots: setup ## the pictures of docs/screenshots, and of every page and dialog in build/screenshots
	@$(BIN)/python -m tests.screenshots docs/screenshots
	@$(BIN)/python -m tests.screenshots --all build/screenshots

translations: setup ## bring resources/translations/sv.po up to the code, and say what lacks a translation
	@mkdir -p build
	@$(BIN)/pybabel -q extract -k _ -k plural:1,2 -k context:1c,2 --no-default-keywords --no-location --omit-header --sort-output \
		-o build/messages.pot esf_desktop ui
	@$(BIN)/pybabel -q update -l sv -i build/messages.pot -o $(TRANSLATIONS)/sv.po --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width 120
	@sed -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d' \
		$(TRANSLATIONS)/sv.po > build/sv.po && mv build/sv.po $(TRANSLATIONS)/sv.po
	@$(PYTHON) .ci/set_up.py
	@$(BIN)/python -m pytest tests/test_translations.py

lock: setup ## pin the newest allowed libraries for all platforms
	@uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade --quiet --python-version 3.11 \
		--extra dev pyproject.toml -o requirements.lock

judges: setup ## heavy independent programs judge our files
	@$(BIN)/python -m pytest -m judges || { [ $$? -eq 5 ] && echo "judges: none yet but those that make test runs"; }

soak: setup ## the long versions of the tests of reliability; ESF_SOAK_… say how long, see docs/reliability.md
	@ESF_CHANCE=1 $(BIN)/python -m pytest -m soak || { [ $$? -eq 5 ] && echo "soak: no long version yet; make test runs the short ones"; }
	@$(BIN)/python -m tests.mutants

clean: ## remove what was made, but not .venv
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find esf_desktop ui tests benchmarks .ci -name __pycache__ -type d -prune -exec rm -rf {} +
