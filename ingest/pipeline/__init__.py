"""What happens to a delivery: one file per step, `plan.py` is the table of contents, `runner.py` drives it."""
