"""The Sekoia half of the sandbox."""
