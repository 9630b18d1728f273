"""State in a folder: whole writes, torn tails only at the end, failures that are never absence."""

from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from github_modules.errors import StorageError
from github_modules.sekoia.storage import LocalStore, S3Store, store_at


def test_files_come_back_and_go(tmp_path: Path) -> None:
    """Write, append, list, remove."""
    store = store_at(tmp_path)
    assert isinstance(store, LocalStore)
    assert store.read("a/b") is None
    store.write("a/b", b"1")
    store.write("a/b", b"2")
    store.append("a/c", b"3")
    store.append("a/c", b"4")
    assert (store.read("a/b"), store.read("a/c")) == (b"2", b"34")
    assert store.names("a") == ["a/b", "a/c"]
    assert store.names("nothing") == []
    store.remove("a/b")
    store.remove("a/b")
    assert store.names("a") == ["a/c"]


def test_failed_write_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk shows up as a storage error, and the reader sees the old content."""
    store = LocalStore(tmp_path)
    store.write("a", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left") as failed:
        store.write("a", b"new")
    assert failed.value.remedy
    assert store.read("a") == b"old"


def test_unreadable_is_not_absent(tmp_path: Path) -> None:
    """A folder where a file should be is an error, not a first start."""
    (tmp_path / "a").mkdir()
    with pytest.raises(StorageError):
        LocalStore(tmp_path).read("a")


class Refusing:
    """An S3 path whose every look ends with a status."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __truediv__(self, _: str) -> "Refusing":
        return self

    def stat(self) -> None:
        raise ClientError({"Error": {"Code": self.code}}, "HeadObject")


@pytest.mark.parametrize("code", ["404", "NoSuchKey"])
def test_bucket_that_says_no_such_object_means_absent(code: str) -> None:
    """Only this answer is absence."""
    assert S3Store(Refusing(code)).read("a") is None  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["403", "503", "SlowDown"])
def test_bucket_that_does_not_tell_is_an_error(code: str) -> None:
    """Forbidden and unavailable are not absence."""
    with pytest.raises(StorageError):
        S3Store(Refusing(code)).read("a")  # type: ignore[arg-type]
