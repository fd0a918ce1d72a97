"""One module for each migration; `signing.store.migrations` lists them."""
