"""``python -m checker``: the command line."""

import sys

from checker.cli import main

if __name__ == "__main__":  # a worker process of ``checker serve`` imports this module and must not run it
    sys.exit(main())
