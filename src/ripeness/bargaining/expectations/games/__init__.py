"""Published games of war and bargaining as special cases for the solver: the exactness ladder."""
