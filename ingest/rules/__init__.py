"""What a package must satisfy: small pure functions, one per rule id, over what was read and what was observed."""
