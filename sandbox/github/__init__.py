"""The GitHub half of the sandbox."""
