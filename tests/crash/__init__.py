"""The life of a contract, cut off at every point: after a restart it goes on as if nothing had happened."""
