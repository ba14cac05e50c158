"""The figures, units and dates that a text tells, in both languages."""
