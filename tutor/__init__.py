"""One turn of tutoring: understand the question, retrieve, judge the evidence, answer with sources or refuse."""
