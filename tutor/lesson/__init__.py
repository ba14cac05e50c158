"""The open lesson and its minute: what a question asked there points at, what is preferred there, and what is only hinted at."""
