"""A web server for a folder, with ranges, that fails now and then in seeded ways; also good for S3 with path style.

FaultyServer(root, stall_seconds), .url, .fail(fault, seed), .spoiled, .close().
"""
import http.server
import os
import random
import re
import socket
import struct
import threading
import time
import urllib.parse

FAULTS = ("bursts of 503", "resets", "cut bodies", "stalls", "wrong lengths", "all of these")
SHARE = 0.15  # of requests


class FaultyServer:

    def __init__(self, root, stall_seconds):
        self.root = root
        self.stall_seconds = stall_seconds
        self.lock = threading.Lock()
        self.fail(None, 0)
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                server.answer(self)

            def log_message(self, *unused):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *unused):
                pass  # a client that hung up, or a fault

        self.http = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d" % self.http.server_address[1]

    def fail(self, fault, seed):
        """From now on, with that fault or none."""
        self.fault = fault
        self.random = random.Random(seed)
        self.spoiled = 0
        self.burst = 0

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def spoil(self):
        """The fault of this request, or none."""
        with self.lock:
            if self.burst > 0:
                self.burst -= 1
                self.spoiled += 1
                return "503"
            if self.fault is None or self.random.random() >= SHARE / (3 if self.fault == FAULTS[0] else 1):
                return None
            self.spoiled += 1
            fault = self.fault if self.fault != FAULTS[-1] else self.random.choice(FAULTS[:-1])
            if fault == "bursts of 503":
                self.burst = self.random.randrange(1, 4)  # a request has eight attempts, and none may fail for good
                return "503"
            return fault

    def answer(self, request):
        path = os.path.join(self.root, urllib.parse.unquote(request.path.split("?")[0]).lstrip("/"))
        if not os.path.isfile(path):
            return self.refuse(request, 404)
        size = os.path.getsize(path)
        start, end, status = 0, size, 200
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range") or "")
        if asked:
            status = 206
            if asked[1] == "":
                start = max(0, size - int(asked[2]))
            else:
                start = int(asked[1])
                end = min(size, int(asked[2]) + 1) if asked[2] else size
        fault = self.spoil()
        if fault == "503":
            return self.refuse(request, 503)
        with open(path, "rb") as file:
            file.seek(start)
            body = file.read(end - start)
        if fault == "resets":
            return self.reset(request)
        send = body
        length = len(body)
        if fault == "wrong lengths":
            length += 1000  # more than will come
        elif fault in ("cut bodies", "stalls"):
            send = body[:len(body) // 2]
        request.send_response(status)
        if status == 206:
            request.send_header("Content-Range", "bytes %d-%d/%d" % (start, end - 1, size))
        request.send_header("ETag", '"%d-%d"' % (size, os.stat(path).st_mtime_ns))
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(send)
        if fault == "stalls":
            time.sleep(self.stall_seconds)
        if fault:
            request.close_connection = True
            request.connection.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def refuse(request, status):
        request.send_response(status)
        request.send_header("Content-Length", "0")
        request.end_headers()

    @staticmethod
    def reset(request):
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.close_connection = True
        request.connection.close()
