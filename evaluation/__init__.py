"""Question sets, one metric a file, reports, and the fit of the numbers that search and the gate use."""
