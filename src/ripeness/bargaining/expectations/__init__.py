"""Expectations: simulate all worlds, regress what came of it on what each side could see, respond, repeat."""
