.PHONY: setup check lint types layers test rules bench

setup:            ## .venv with the program and its development tools
	sh setup.sh dev

check: lint types layers rules test

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy

layers:
	.venv/bin/lint-imports

rules:
	.venv/bin/checker rules check
	.venv/bin/checker rules test

test:
	.venv/bin/pytest -n auto

bench:
	.venv/bin/python bench/run.py
