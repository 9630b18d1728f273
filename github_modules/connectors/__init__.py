"""What runs around the clock: one source, one file."""
