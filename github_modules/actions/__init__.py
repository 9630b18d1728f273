"""One action a file: what it asks of GitHub, with which permission, and what undoes it."""
