"""What is shown: the fact or the sentences that answer, whether a question presumes too much, and the text with its citations."""
