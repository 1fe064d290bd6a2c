"""Files that threads share: no line is lost or torn, no byte is read twice."""

import io
import os
import sys
import tempfile
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 2
THREADS = 4
LINES = 300


def together(work):
    errors = []

    def run(k):
        try:
            work(k)
        except BaseException as e:
            errors.append(e)

    threads = [threading.Thread(target=run, args=(k,), daemon=True) for k in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60)
        assert not t.is_alive(), "hangs"
    for e in errors:
        raise e


def line(k, i):
    return f"{k}:{i}:" + "x" * (i * 7 % 90) + "\n"


def check(text):
    """All lines of all threads, whole, and those of one thread in their order."""
    following = [0] * THREADS
    for got in text.splitlines(keepends=True):
        k = int(got.split(":")[0])
        assert got == line(k, following[k]), got
        following[k] += 1
    assert following == [LINES] * THREADS, following


def writes(f, text):
    def work(k):
        for i in range(LINES):
            s = line(k, i)
            f.write(s if text else s.encode())
            if i % 50 == k:
                f.flush()

    together(work)
    f.flush()


def text_file(path):
    for options in ({}, {"buffering": 1}, {"newline": ""}):
        with open(path, "w", **options) as f:
            writes(f, True)
        check(open(path).read())


def buffered(path):
    for size in (16, 100, 8192):
        with open(path, "wb", buffering=size) as f:
            writes(f, False)
        check(open(path).read())


def raw(path):
    with open(path, "ab", buffering=0) as f:
        writes(f, False)
    check(open(path).read())


def in_memory(path):
    f = io.StringIO()
    writes(f, True)
    check(f.getvalue())
    f = io.BytesIO()
    writes(f, False)
    check(f.getvalue().decode())


def printing(path):
    with open(path, "w") as f:

        def work(k):
            for i in range(LINES):
                print(line(k, i), end="", file=f)

        together(work)
    check(open(path).read())


def reading(path):
    with open(path, "w") as f:
        for i in range(LINES * THREADS):
            f.write(f"{i:07}\n")
    whole = open(path).read()
    # A byte position is no place to look for whole lines in: blocks of a line's length.
    for f, size in ((open(path, "rb"), 8), (io.BytesIO(whole.encode()), 8), (io.StringIO(whole), 8)):
        got = [[] for _ in range(THREADS)]

        def work(k):
            while True:
                s = f.read(size)
                if not s:
                    break
                got[k].append(int(s))

        together(work)
        assert sorted(sum(got, [])) == list(range(LINES * THREADS)), f
        f.close()
    with open(path, "rb") as f:
        got = [[] for _ in range(THREADS)]

        def work(k):
            while s := f.readline():
                got[k].append(int(s))

        together(work)
        assert sorted(sum(got, [])) == list(range(LINES * THREADS))


def closing(path):
    """Closing while others use it: ValueError or a bad descriptor, nothing else."""
    for make in (lambda: open(path, "w"), lambda: open(path, "wb"), io.BytesIO, io.StringIO):
        f = make()
        data = "a" if isinstance(f, (io.TextIOBase, io.StringIO)) else b"a"

        def work(k):
            if k == 0:
                time.sleep(0.005)
                f.close()
                return
            try:
                while True:
                    f.write(data * 20)
                    f.tell()
                    f.seek(0)
            except (ValueError, OSError):
                assert f.closed

        together(work)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file")
    end = time.monotonic() + SECONDS
    while True:
        for test in (text_file, buffered, raw, in_memory, printing, reading, closing):
            if os.path.exists(path):
                os.remove(path)
            test(path)
        if time.monotonic() > end:
            break
print("ok")
