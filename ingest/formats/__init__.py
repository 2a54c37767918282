"""Between bytes and domain values: the readers and writers of every format; lxml lives only here."""
