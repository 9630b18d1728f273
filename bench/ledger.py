"""The ledger at 450,000 identities: what it weighs, and what keeping one more page costs."""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import boto3
from s3path import S3Path, register_configuration_parameter

from github_modules.collect.checkpoint import Checkpoint
from github_modules.collect.identity import identity_of
from github_modules.collect.ledger import Ledger
from github_modules.collect.ports import Store
from github_modules.collect.schedule import starting_position
from github_modules.collect.segments import Block
from github_modules.sekoia.storage import LocalStore, S3Store
from sandbox.client import Sandbox

IDENTITIES = 450_000
_PAGE = 100
_SAVES = 200
_PROBE_BYTES = b"x" * 1_000


@dataclass(frozen=True, slots=True)
class Weight:
    """Milliseconds of one save (median, 99th), of one bare write there, and sizes."""

    where: str
    save_ms: float
    save_p99_ms: float
    bare_write_ms: float
    stored_mib: float
    load_s: float


def local() -> Weight:
    """Measure in a folder of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        return _measured("local folder", LocalStore(root), lambda: LocalStore(root))


def bucket() -> Weight:
    """Measure in a bucket of an S3 server on loopback."""
    with Sandbox({"feed": {"kind": "none"}, "s3": True}) as sandbox:
        ready = sandbox.ready
        resource = boto3.resource(
            "s3",
            endpoint_url=ready["s3"],
            aws_access_key_id=ready["s3_access_key"],
            aws_secret_access_key=ready["s3_secret_key"],
            region_name=ready["s3_region"],
        )
        root = S3Path(f"/{ready['s3_bucket']}")
        register_configuration_parameter(root, resource=resource)
        return _measured("S3 server on loopback", S3Store(root), lambda: S3Store(root))


def _measured(where: str, store: Store, again: Callable[[], Store]) -> Weight:
    ledger = Ledger(store, "state/ledger")
    checkpoint = Checkpoint(store, "state")
    numbers = itertools.count()
    now_ms = round(time.time() * 1000)
    while len(ledger) < IDENTITIES:
        ledger.add("head", _block(numbers, now_ms, 1_000), now_ms)
    spent: list[float] = []
    for step in range(_SAVES):
        block = _block(numbers, now_ms, _PAGE)
        began = time.perf_counter()
        ledger.add("head", block, now_ms)
        checkpoint.save(starting_position(now_ms + step))
        spent.append((time.perf_counter() - began) * 1000)
    bare = statistics.median(_bare(store) for _ in range(30))
    stored = sum(len(store.read(name) or b"") for name in store.names("state/ledger"))
    fresh = Ledger(again(), "state/ledger")
    began = time.perf_counter()
    fresh.load()
    load_s = time.perf_counter() - began
    if len(fresh) != len(ledger):
        raise RuntimeError("the ledger was not loaded whole")
    p99 = statistics.quantiles(spent, n=100)[98]
    return Weight(where, statistics.median(spent), p99, bare, stored / 2**20, load_s)


def _bare(store: Store) -> float:
    began = time.perf_counter()
    store.write("state/probe", _PROBE_BYTES)
    return (time.perf_counter() - began) * 1000


def _block(numbers: "itertools.count[int]", at_ms: int, size: int) -> Block:
    return Block(at_ms, at_ms, [identity_of(next(numbers)) for _ in range(size)])
