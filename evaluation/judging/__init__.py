"""The judge of what an answer shows: statements, figures, dates and names read anew. It shares no code with the tutor that it judges."""
