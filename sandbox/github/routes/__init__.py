"""Routes over the estate, one family a file."""
