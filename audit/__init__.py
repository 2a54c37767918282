"""The archivist's desk: what is asked of an archive after a package was accepted."""
