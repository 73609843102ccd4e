"""``python -m checker``: the command line."""

from checker.cli import run

if __name__ == "__main__":  # a worker process of ``checker serve`` imports this module and must not run it
    run()
