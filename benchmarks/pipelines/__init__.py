"""The two ways from files to a searchable index that `scripts/bench first_ingest` times, each run as a process of its own."""
