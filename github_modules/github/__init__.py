"""GitHub over HTTP: what it answers and what that means. Knows no Sekoia and no files."""
