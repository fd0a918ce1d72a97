"""Where everything is kept: the Store port and its SQLite adapter, blobs, and the vault for people's data."""
