"""The GitHub module for the Sekoia platform."""
