"""The archivist's desk: pages for people, made on the server, that need no JavaScript."""
