"""The declarative war: models, numbers with units and sources, levers, checks, and a library."""
