"""`make run`: the main job, on GitHub with credentials, else on the sandbox."""
