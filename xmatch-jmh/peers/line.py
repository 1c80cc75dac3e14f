"""An S3 server of local folders, open to all for reading, and a line to it that delays, caps and counts.

The server is versitygw (go install github.com/versity/versitygw/cmd/versitygw@latest); the line a TCP proxy
(-listen, -to, -rtt, -mbps; prints {"down": bytes, ...} when it is ended). Needs botocore.
"""
import contextlib
import json
import signal
import subprocess
import time

SERVER, LINE = 7270, 7271
BUCKET = "kepler"
ENDPOINT = f"http://127.0.0.1:{LINE}"
DIRECT = f"http://127.0.0.1:{SERVER}"
ANONYMOUS = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"}


@contextlib.contextmanager
def served(program, catalogs, work):
    """Serves the folder of catalogs as the bucket; keeps its own files in the folder work."""
    import botocore.session

    for folder in "buckets", "sidecar":
        (work / folder).mkdir()
    (work / "buckets" / BUCKET).symlink_to(catalogs.resolve())
    client = botocore.session.get_session().create_client("s3", endpoint_url=DIRECT, aws_access_key_id="bench",
                                                          aws_secret_access_key="benchsecret", region_name="us-east-1")
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": f"arn:aws:s3:::{BUCKET}/*"},
        {"Effect": "Allow", "Principal": "*", "Action": ["s3:ListBucket"], "Resource": f"arn:aws:s3:::{BUCKET}"}]}
    with (work / "server.log").open("w") as log:
        server = subprocess.Popen([program, "--access", "bench", "--secret", "benchsecret", "-p", f"127.0.0.1:{SERVER}", "--keep-alive", "-q", "posix",
                                   "--bucketlinks", "--sidecar", str(work / "sidecar"), str(work / "buckets")], stdout=log, stderr=log)
        try:
            for attempt in range(50):
                try:
                    client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
                    break
                except Exception:
                    if attempt == 49:
                        raise
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait()


class Link:
    """The line, for one run; what went over it is in counts afterwards."""

    def __init__(self, program, round_trip_ms, mib_per_second):
        self.command = [program, "-listen", f"127.0.0.1:{LINE}", "-to", f"127.0.0.1:{SERVER}", "-rtt", f"{round_trip_ms}ms", "-mbps", str(mib_per_second)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        time.sleep(0.3)
        return self

    def __exit__(self, *failure):
        self.process.send_signal(signal.SIGTERM)
        self.counts = json.loads(self.process.communicate()[0])
