"""What an operator sees of a running server: its log, its figures and its traces. None of them holds what anybody wrote, or who."""
