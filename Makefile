# `make` prints every target with its sentence; ARGS="…" is passed on.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench screenshots

help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set up what is missing and start the desk with a demo shop.
	@./baton up --demo $(ARGS)

test: ## Set up what is missing and run every test there is.
	@./baton --dev
	@.venv/bin/python -m tests $(ARGS)

lint: ## Check style, types, import directions, spelling and templates.
	@./baton --dev
	@.venv/bin/python -m tests.lint

bench: ## Measure the speed of desk and engine on this machine.
	@./baton --dev bench $(ARGS)

screenshots: ## Take the pictures of the README from the running product.
	@./baton --dev
	@.venv/bin/python -m tests.browser.screenshots $(ARGS)
