"""An S3 endpoint with one bucket, from moto's server, inside the sandbox's process."""

import logging
from typing import Any

BUCKET = "sandbox-bucket"
REGION = "us-east-1"
ACCESS_KEY = "sandbox-access"
SECRET_KEY = "sandbox-secret"


class StorageServer:
    """Starts lazily: importing moto takes longer than everything else together."""

    def __init__(self) -> None:
        self._server: Any = None

    def start(self) -> str:
        """Start, create the bucket, and return the endpoint."""
        import boto3  # noqa: PLC0415
        from moto.server import ThreadedMotoServer  # noqa: PLC0415

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )
        client.create_bucket(Bucket=BUCKET)
        client.close()
        return endpoint

    def stop(self) -> None:
        """Stop the endpoint."""
        if self._server is not None:
            self._server.stop()
