"""Read: a file, bytes or standard input become one immutable text.  Only here are formats and encodings known."""

from checker.read.reader import read_bytes, read_report

__all__ = ["read_bytes", "read_report"]
