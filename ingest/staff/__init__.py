"""What staff upload through the page, and the jobs that ingest it."""
