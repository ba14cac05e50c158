"""What `scripts/bench crashes` puts a data folder through; the suite runs the same, smaller. Every process is forked before Chroma is opened."""
