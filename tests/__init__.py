"""The tests of earkiv; a package, so that no dependency that ships a `tests` of its own stands in for it."""
