"""`python -m tools.manifests` writes the files; `--check` only compares and names differences."""

import sys
from pathlib import Path

from tools.manifests.documents import documents

ROOT = Path(__file__).resolve().parents[2]


def differences() -> list[str]:
    """Return the files that are missing, differ, or should not be there."""
    wanted = documents()
    stale = [
        path.name
        for kind in ("action", "connector", "trigger")
        for path in ROOT.glob(f"{kind}_*.json")
        if path.name not in wanted
    ]
    return stale + [name for name, text in wanted.items() if _present(name) != text]


def _present(name: str) -> str | None:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> int:
    """Write or compare, and return the exit status."""
    if "--check" in sys.argv[1:]:
        different = differences()
        for name in different:
            print(f"{name} is not what the models say; run: make manifests")
        return 1 if different else 0
    wanted = documents()
    for name in differences():
        if name in wanted:
            (ROOT / name).write_text(wanted[name], encoding="utf-8")
            print(f"wrote {name}")
        else:
            (ROOT / name).unlink()
            print(f"removed {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
