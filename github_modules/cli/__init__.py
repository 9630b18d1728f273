"""The module on a terminal: the platform's rooms, with other edges.

Each command is a file; what they share is the session (`session.py`). Nothing here decides how
GitHub is read or what an error means.
"""
