"""Measured sets as pictures (PNG), for people who were not there. The only home of matplotlib, which the extra `eval` installs."""
