"""`earkiv serve`: the API and the workers of an embedded archive in one process, which is its only writer."""
