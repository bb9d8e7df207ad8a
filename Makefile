# FabConnect on one machine. `make up` needs Python 3.11 or newer and nothing else.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8080
HOME_FOLDER ?= .fabconnect
TESTS ?= tests
PARALLEL ?= 2
BACKEND_TESTS ?= tests/integration

bin := .venv/bin
embedded := $(bin)/python -m embedded

.DEFAULT_GOAL := help
.PHONY: help up down status logs sign-in-link demo install install-test test test-containers test-kafka lint bench

help:  ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make up PORT=8081 HOST=127.0.0.1 HOME_FOLDER=.fabconnect PYTHON=python3"
	@echo "  MONGO_URL, KAFKA_BOOTSTRAP or SMTP_URL in the environment: that part is yours and is not started"

up: install  ## Start an instance: database, broker, four services; print its address and a sign-in link
	@$(embedded) up --home $(HOME_FOLDER) --host $(HOST) --port $(PORT)

down: install  ## Stop the instance; what it was doing is finished first
	@$(embedded) down --home $(HOME_FOLDER)

status: install  ## Show the processes of the instance
	@$(embedded) status --home $(HOME_FOLDER)

logs: install  ## Follow all logs (one: make logs NAME=pairing)
	@$(embedded) logs --home $(HOME_FOLDER) --follow $(NAME)

sign-in-link: install  ## Print a fresh one-time sign-in link of the administrator
	@$(embedded) sign-in-link --home $(HOME_FOLDER)

demo: install  ## Do the whole main job with the sample files; start an instance if none runs
	@$(embedded) demo --home $(HOME_FOLDER) --port $(PORT)

test: install-test  ## Run all tests on the embedded database and broker (some: make test TESTS=tests/unit)
	@$(bin)/pytest $(TESTS) -m "not bench" --numprocesses $(PARALLEL) --dist loadgroup --no-loadscope-reorder

test-containers: install-test  ## The integration tests on MongoDB and Apache Kafka in containers
	@FABCONNECT_BACKEND=containers $(bin)/pytest $(BACKEND_TESTS) -m "not bench"

test-kafka: install-test  ## The integration tests on Apache Kafka from its Maven packages (needs Java and Maven)
	@FABCONNECT_BACKEND=kafka $(bin)/pytest $(BACKEND_TESTS) -m "not bench"

lint: install-test  ## Style, types, import rules, message catalogues
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/python -m ui.catalogues check

bench: install-test  ## Measure, and keep the figures in tests/benchmarks/RESULTS.md
	@$(bin)/python tests/benchmarks/run.py

install:
	@$(PYTHON) deploy/install.py

install-test:
	@$(PYTHON) deploy/install.py test
