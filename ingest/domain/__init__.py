"""The words the archive uses, as frozen values and pure functions; standard library only."""
