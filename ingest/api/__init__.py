"""The REST API `/v1` (DESIGN §7): HTTP in and out, and nothing that the use cases do not already decide."""
