"""What the module says of itself: its name in requests, and a defect without anybody's values."""

import traceback
from collections.abc import Mapping
from pathlib import Path


def user_agent(manifest: Mapping[str, object]) -> str:
    """Return how the module names itself, without any secret."""
    return f"sekoiaio-connector/{manifest.get('slug')}-{manifest.get('version')}"


def defect(error: Exception) -> str:
    """Return what a defect of this module looks like, without any value that may be a secret."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"Unexpected {type(error).__name__} in {where}; this is a defect of the module."
