"""Explore: what makes the difference: decompositions and paired comparisons of ensembles."""
