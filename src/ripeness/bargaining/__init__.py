"""Bargaining: what the sides could sign, what they would sign, and what they do about it."""
