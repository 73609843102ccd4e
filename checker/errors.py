"""What a user can mend: each error carries one clear Chinese message; the faces turn it into exit code 2 or a page."""


class CheckerError(Exception):
    """Base of every error a user can mend.  ``str(error)`` is the Chinese message, one line."""


class ReadError(CheckerError):
    """A document that cannot be read: missing, empty, binary, undecodable, too long."""


class PackError(CheckerError):
    """A rule pack that cannot be used: unknown id, faulty YAML, a mistake in a rule."""


class UsageError(CheckerError):
    """A wrong option or combination of options."""
