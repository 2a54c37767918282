"""Programs of others that read what a delivery holds: each run apart from everything else, within bounds."""
