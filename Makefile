# `make` alone lists what there is to make.
bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help brief cover docs test test-browser test-editor test-office test-pictures test-verapdf test-wikis check pictures lock bench clean setup setup-test lint

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

brief: setup ## Render every briefing of data/briefings for every audience into out/
	$(bin)/briefings render data/briefings/*.yaml -o out

docs: ## Build the documentation into site/; a link that leads nowhere fails it
	@sh scripts/setup.sh docs
	$(bin)/mkdocs build --strict  # with --quiet it would count no warning
	$(bin)/python -m scripts.site site

test: setup-test lint ## Run the linters, the type checker and the tests
	$(bin)/pytest -n 2

cover: setup-test ## Run the tests, in twice the time, and say which lines none of them runs
	$(bin)/pytest -n 2 --cov=briefings --cov-report=term

test-browser: ## Look at every page in Chromium: accessible, readable, at any width
	@sh scripts/setup.sh browser
	$(bin)/pytest -m browser -n 2

test-editor: ## Ask the language server of editors what it offers, shows and finds wrong
	@sh scripts/setup.sh editor
	$(bin)/pytest -m editor

test-office: ## Make office documents with pandoc and open them in LibreOffice
	@sh scripts/setup.sh office
	$(bin)/pytest -m office

test-pictures: setup-test ## Compare every page with its picture
	$(bin)/pytest -m pictures -n 2

test-verapdf: ## Ask veraPDF whether every PDF keeps to what it claims
	@sh scripts/setup.sh verapdf
	$(bin)/pytest -m verapdf

test-wikis: ## Ask wikis, sites, linter and Mermaid themselves what they make of our pages
	@sh scripts/setup.sh wikis
	$(bin)/pytest -m wikis -n 2

check: setup lint ## Run the linters and the type checker only

pictures: ## Draw all pictures anew, those of the tests and those of the documentation
	@sh scripts/setup.sh browser
	$(bin)/pytest -n 2 -m "browser or pictures" -k "looks_as_it_did or left_over" --rewrite
	$(bin)/python -m scripts.gallery
	$(bin)/python -m scripts.examples

lock: ## Write the locks anew with the newest releases
	@sh scripts/lock.sh

bench: setup ## Measure how long rendering takes
	$(bin)/python benchmarks/run.py
	@if $(bin)/python -m tests.browsing; then $(bin)/python benchmarks/preview.py; fi

clean: ## Remove what was rendered, built or cached; keep .venv
	rm -rf out site dist build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

setup:
	@sh scripts/setup.sh

setup-test:
	@sh scripts/setup.sh test

# After the set-up, also under `make -j`.
lint: | $(if $(filter test,$(MAKECMDGOALS)),setup-test,setup)
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports
