"""The brief: a run written up as one page that needs nothing else and prints on A4."""

from ripeness.brief.write import write_brief

__all__ = ["write_brief"]
