"""Match: the patterns of a pack, compiled once, found in a text in one pass."""
