"""The public reading room: it knows the public store and nothing else (DESIGN §1.5)."""
