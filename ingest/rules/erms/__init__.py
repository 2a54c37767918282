"""CITS ERMS 3.0 (and 2.1 alike): what a description of cases and records must say, beyond what its schema can ask."""
