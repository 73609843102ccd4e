"""The commands of the command line: each module has ``HELP``, its text for people, and ``run(argv) -> exit code``."""

PASSED, FELL_SHORT, NOT_DONE, INTERRUPTED = 0, 1, 2, 130
