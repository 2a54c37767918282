"""Coverage-guided fuzzing of what `earkiv validate` reads: `make fuzz`."""
