"""Files written in Python that hold other files are closed before these when they die together."""

import gc
import http.client
import http.server
import io
import threading


class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hello)
threading.Thread(target=server.serve_forever, daemon=True).start()


def get():
    connection = http.client.HTTPConnection(*server.server_address)
    connection.request("GET", "/")
    return connection.getresponse().status


print([get() for _ in range(5)])
gc.collect()
server.shutdown()
server.server_close()

log = []


class Raw(io.RawIOBase):
    def __init__(self, name):
        self.name = name

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        return 0

    def write(self, data):
        log.append((self.name, bytes(data)))
        return len(data)

    def close(self):
        if not self.closed:
            log.append((self.name, "close"))
        super().close()


class Holder(io.BufferedIOBase):
    fp = None

    def hold(self, fp):
        self.fp = fp
        return self

    def close(self):
        log.append(("holder", self.fp.closed))
        super().close()

    def flush(self):
        super().flush()
        self.fp.flush()


def under():
    io.BufferedWriter(Raw("a")).write(b"x")


def reader():
    Holder().hold(io.BufferedReader(Raw("b")))


def younger():
    fp = io.BufferedReader(Raw("c"))
    Holder().hold(fp)


def text():
    io.TextIOWrapper(io.BufferedWriter(Raw("d"))).write("text")


def writer():
    Holder().hold(io.TextIOWrapper(io.BufferedWriter(Raw("e")))).fp.write("e")


def cycle():
    holder = Holder().hold(io.TextIOWrapper(io.BufferedWriter(Raw("f"))))
    holder.fp.write("f")
    holder.itself = holder


def two():
    Holder().hold(Holder().hold(io.BufferedReader(Raw("g"))))


for drop in under, reader, younger, text, writer, cycle, two:
    drop()
    gc.collect()
    print(drop.__name__, log)
    log.clear()
