"""Whatever people send, in whatever order, and whatever is in their files."""
