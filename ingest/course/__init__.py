"""The course's own files: their schema, facts told in both languages, golden questions, and what a person should look at in them."""
