"""Runs every Python block in README.md and docs/, so that they stay true; settings of all property tests.

A block that cannot run by itself is preceded by the line ``<!-- skip: next -->``.
"""

from __future__ import annotations

import os

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
).pytest()

# No deadlines: how busy the machine is says nothing about the program. In CI the same examples every time.
settings.register_profile("ripeness", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ripeness")
