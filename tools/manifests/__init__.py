"""Models to JSON: every manifest, and `main.py`."""
