"""The environment in which the platform starts a module (values by name, all as text)."""

import os
import random
import socket
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from sandbox.json_value import Json

SYSTEM = (
    "PATH",
    "HOME",
    "LANG",
    "VIRTUAL_ENV",
    "COVERAGE_PROCESS_START",
    "COVERAGE_PROCESS_CONFIG",
    "TMPDIR",
)
# The former form's cap of 20 a minute would be all that a test of anything else could measure.
FAST = 6000


# Below the ports that systems give to outgoing connections: one of those could take a module's
# port between a kill and the restart, and the SDK's server would then end the process at once.
PORTS = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    """Return ports that were free a moment ago and that no outgoing connection takes."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        if len(found) == count:
            break
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
    return found


def environment(ready: dict[str, Any], data_path: Path, **overrides: Json) -> dict[str, str]:
    """Return the variables; overrides are variables, or `module`, `connector`, `s3`.

    `module` and `connector` are merged into MODULE_CONFIGURATION and CONNECTOR_CONFIGURATION.
    Secrets stand there as placeholders: the real ones are served by the platform.
    """
    module = {"base_url": ready["github"], "org_name": ready["org"]} | overrides.pop("module", {})
    connector = {"frequency": 60, "intake_key": ready["intake_key"], "ratelimit_per_minute": FAST}
    connector |= overrides.pop("connector", {})
    secret = "pem_file" if "app_id" in module else "apikey"
    module.setdefault(secret, f"<{secret}>")
    values: dict[str, Any] = {name: os.environ[name] for name in SYSTEM if name in os.environ}
    liveness_port, metrics_port = free_ports(2)
    values |= {
        "URL_CALLBACK": f"{ready['sekoia']}/callback",
        "TOKEN": ready["platform_token"],
        "INTAKE_URL": ready["sekoia"],
        "MODULE_CONFIGURATION": module,
        "CONNECTOR_CONFIGURATION": connector,
        "CONNECTOR_CONFIGURATION_UUID": str(uuid.uuid4()),
        "LIVENESS_PORT": liveness_port,
        "METRICS_PORT": metrics_port,
        "SUB_FOLDER": str(data_path.absolute()),
        "NO_PROXY": "127.0.0.1,localhost",
    }
    if overrides.pop("s3", False):
        values |= _storage(ready)
    values |= overrides
    return {name: _text(value) for name, value in values.items() if value is not None}


def _storage(ready: dict[str, Any]) -> dict[str, Any]:
    # An absolute sub folder must never be combined with S3.
    return {
        "FILE_BACKEND": "S3",
        "SUB_FOLDER": "sandbox",
        "AWS_BUCKET_NAME": ready["s3_bucket"],
        "AWS_ACCESS_KEY_ID": ready["s3_access_key"],
        "AWS_SECRET_ACCESS_KEY": ready["s3_secret_key"],
        "AWS_DEFAULT_REGION": ready["s3_region"],
        "AWS_S3_ENDPOINT_URL": ready["s3"],
    }


def _text(value: Json) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
