"""Rules over METS documents: small pure functions over one element each, run in the reader's own pass."""
