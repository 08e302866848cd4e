"""The war, one week at a time."""
