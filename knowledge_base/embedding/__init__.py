"""Text into vectors: the packaged model, any other sentence-transformers model, and an honest fake."""
