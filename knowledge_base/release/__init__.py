"""Immutable releases: built, published, opened, listed."""
