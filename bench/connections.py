"""Many keep-alive connections to a threaded HTTP server of the standard library.

usage: bench/connections.py [--connections N] [--rounds R] [--server COMMAND]

A child process runs http.server.ThreadingHTTPServer as it is: one Python thread per connection.
This process opens N connections, leaves all of them open, and in each round sends a request on
every one of them and reads all the answers. COMMAND is the interpreter of the server, by default
the one that runs this script.
"""

import argparse
import http.server
import os
import resource
import select
import shlex
import socket
import subprocess
import sys
import threading
import time

CONNECTING = 4  # at a time: the server's queue holds five
WORKING = 500  # requests under way at a time


def raise_limit():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def resident(pid="self"):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) // 1024


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"{threading.active_count()} {threading.get_ident()} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def serve():
    raise_limit()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        server.shutdown()


class Connection:
    """A connection and the answer that is coming in on it."""

    def __init__(self, number, address):
        self.number = number
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.connect_ex(address)
        self.data = b""
        self.since = 0.0

    def request(self, round):
        self.expected = f"/{round}/{self.number}"
        self.data = b""
        self.since = time.perf_counter()
        self.sock.send(f"GET {self.expected} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def answer(self):
        """The body when it is complete, checked; None before."""
        got = self.sock.recv(4096)
        if not got:
            raise ConnectionError(f"the server closed connection {self.number}")
        self.data += got
        head, end, body = self.data.partition(b"\r\n\r\n")
        if not end:
            return None
        lines = head.decode("ascii").split("\r\n")
        length = next(int(h[15:]) for h in lines if h.startswith("Content-Length:"))
        if len(body) < length:
            return None
        assert lines[0] == "HTTP/1.1 200 OK", lines[0]
        threads, ident, path = body.decode("ascii").split()
        assert path == self.expected, (path, self.expected)
        return int(threads), int(ident)


def connect_all(count, address):
    """Connects, and waits for a first answer so that the server's queue never overflows."""
    poll = select.epoll()
    connections = {}
    waiting = 0
    served = 0
    while served < count:
        while waiting < CONNECTING and len(connections) < count:
            c = Connection(len(connections), address)
            connections[c.sock.fileno()] = c
            poll.register(c.sock, select.EPOLLOUT)
            waiting += 1
        for fd, event in poll.poll():
            c = connections[fd]
            if not c.since:
                error = c.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    raise OSError(error, os.strerror(error))
                c.request("first")
                poll.modify(fd, select.EPOLLIN)
            elif c.answer() is not None:
                waiting -= 1
                served += 1
    return poll, connections


def round_trip(poll, connections, round, idents):
    """A request on each connection; returns the latencies and the most threads seen."""
    latencies = []
    threads = 0
    todo = iter(connections.values())
    working = 0
    while len(latencies) < len(connections):
        while working < WORKING and (c := next(todo, None)) is not None:
            c.request(round)
            working += 1
        for fd, event in poll.poll():
            c = connections[fd]
            got = c.answer()
            if got is not None:
                latencies.append(time.perf_counter() - c.since)
                threads = max(threads, got[0])
                idents.setdefault(c.number, got[1])
                assert idents[c.number] == got[1], "another thread answers"
                working -= 1
    return latencies, threads


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--server", default=sys.executable)
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        serve()
        return
    limit = raise_limit()
    if limit < options.connections + 100:
        sys.exit(f"the limit of open files is {limit}: too few for so many connections")
    server = subprocess.Popen(
        [*shlex.split(options.server), os.path.abspath(__file__), "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = ("127.0.0.1", int(server.stdout.readline()))
        before = resident(server.pid)
        start = time.perf_counter()
        poll, connections = connect_all(options.connections, address)
        took = time.perf_counter() - start
        print(f"{len(connections)} connections in {took:.1f} s, {len(connections) / took:.0f}/s", flush=True)
        idents = {}
        for i in range(options.rounds):
            start = time.perf_counter()
            latencies, threads = round_trip(poll, connections, i, idents)
            took = time.perf_counter() - start
            latencies.sort()
            median, worst = latencies[len(latencies) // 2], latencies[-1]
            print(
                f"round {i + 1}: {len(latencies) / took:.0f} requests/s, "
                f"median {median * 1000:.0f} ms, worst {worst * 1000:.0f} ms, "
                f"{threads} threads in the server, {resident(server.pid)} MB",
                flush=True,
            )
        each = (resident(server.pid) - before) * 1024 / options.connections
        print(f"{len(set(idents.values()))} threads served; {each:.0f} KB of memory each")
        for c in connections.values():
            c.sock.close()
    finally:
        server.stdin.close()
        server.wait(60)
    print("server ended with", server.returncode)


if __name__ == "__main__":
    main()
