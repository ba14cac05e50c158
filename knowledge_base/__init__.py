"""Passages, embedding, releases, indexes, search: what the course says and how it is found."""
