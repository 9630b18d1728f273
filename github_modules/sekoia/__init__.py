"""The Sekoia edge: intake, storage, logs and metrics."""
