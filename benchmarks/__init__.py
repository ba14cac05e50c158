"""Timed comparisons, run by hand through ``scripts/bench NAME``."""
