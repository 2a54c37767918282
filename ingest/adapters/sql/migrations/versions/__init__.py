"""How the catalogue's tables came to be, one file per version."""
