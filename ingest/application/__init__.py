"""The use cases: the only callers of catalogue and pipeline together."""
