"""A real S3 server on loopback, and a bucket of it with the variables that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

BUCKET = "studio"


@contextmanager
def start_s3() -> Iterator[str]:
    """Its address, until the block ends."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


def make_bucket(address: str) -> dict[str, str]:
    """The variables of the environment that lead to the server, which has the bucket now."""
    import boto3

    boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    ).create_bucket(Bucket=BUCKET)
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }
