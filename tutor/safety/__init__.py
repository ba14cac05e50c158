"""What is not answered from the course: messages that raise a concern, and what is said to them. One file a concern."""
