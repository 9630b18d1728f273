"""State that ends with the process: for a look at a range, and for replays."""


class MemoryStore:
    """Named byte strings in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        """Return the content, None when there is none."""
        return self._kept.get(name)

    def write(self, name: str, data: bytes) -> None:
        """Replace the content."""
        self._kept[name] = data

    def append(self, name: str, data: bytes) -> None:
        """Add to the end."""
        self._kept[name] = self._kept.get(name, b"") + data

    def remove(self, name: str) -> None:
        """Remove it."""
        self._kept.pop(name, None)

    def names(self, folder: str) -> list[str]:
        """Return the names below a folder, sorted."""
        return sorted(name for name in self._kept if name.startswith(f"{folder}/"))
