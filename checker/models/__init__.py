"""Data that flows between the steps; imports nothing else of ours."""
