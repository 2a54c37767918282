"""The Celery deployment: app, one task, outbox relay and sweeper; it delivers work and nothing else (DESIGN §1.2)."""
