"""One file a format: each takes a file's bytes and gives its text in order, with pages, slides or seconds where it has them."""
