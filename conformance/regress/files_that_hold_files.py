"""Files written in Python that hold other files are closed before these when they die together, and at the end."""

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


def note(*what):
    log.append(what)


class Raw(io.RawIOBase):
    say = staticmethod(note)

    def __init__(self, name):
        self.name = name

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        return 0

    def write(self, data):
        self.say(self.name, bytes(data))
        return len(data)

    def close(self):
        if not self.closed:
            self.say(self.name, "close")
        super().close()


class Holder(io.BufferedIOBase):
    fp = None
    say = staticmethod(note)

    def hold(self, fp):
        self.fp = fp
        return self

    def close(self):
        self.say("holder", self.fp.closed)
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

kept = Holder()
kept.say = print
kept.hold(io.BufferedWriter(Raw("kept"))).fp.write(b"x")
kept.fp.raw.say = print
