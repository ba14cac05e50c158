"""Reading a question: its language and words, what it wants, which missions it names and what it asks of them."""
