"""A large installation, and many people at once."""
