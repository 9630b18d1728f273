"""Programs that write files of the project. Not part of the module."""
