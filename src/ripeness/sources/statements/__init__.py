"""Statements in a text: who says what, on which condition, how surely, about when."""
