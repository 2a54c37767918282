"""The outside world as it is: file system, process pool, keys, clock and tools behind the ports."""
