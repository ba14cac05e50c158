"""`python -m navigator`: the command line."""

from navigator.cli import main

main()
