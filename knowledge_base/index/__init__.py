"""The two indexes of a release: vectors in Chroma, words in BM25."""
