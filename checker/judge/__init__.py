"""Judge: evidence becomes verdicts with reasons, faults become findings, points become a score.  Pure functions."""
