"""`earkiv push`: the producer's side of the REST API; it needs no archive of its own."""
