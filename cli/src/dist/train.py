"""What the AOT cache learns from: the start of the usual programs, and some of their work.

Runs once while Plait is packaged; a failure fails the build. Its output goes to a log.
"""

import argparse
import asyncio
import collections
import concurrent.futures
import contextlib
import dataclasses
import datetime
import enum
import functools
import io
import itertools
import json
import math
import multiprocessing.managers
import multiprocessing.pool
import multiprocessing.queues
import multiprocessing.resource_tracker
import multiprocessing.shared_memory
import multiprocessing.spawn
import os
import pathlib
import queue
import random
import re
import string
import sys
import tempfile
import threading
import time
import traceback
import typing


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0

    def moved(self, by):
        return dataclasses.replace(self, x=self.x + by)


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


def words(text):
    counts = collections.Counter(re.findall(r"[a-z]+", text.lower()))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def numbers():
    total = 0
    for i in range(3000):
        total += i * i % 7
    squares = {n: n ** 2 for n in range(50)}
    assert sum(squares.values()) == sum(n * n for n in range(50))
    assert math.isclose(math.sqrt(2) ** 2, 2.0)
    assert 2 ** 200 % 1000 == pow(2, 200, 1000)
    return total


def texts():
    out = io.StringIO()
    print(f"{3.14159:8.3f}|{'x':>5}|{1234567:,}", file=out)
    print("%s %r %d" % ("a", "b", 3), "{:>4}".format(7), file=out)
    assert json.loads(json.dumps({"a": [1, 2.5, None, True, "é"]}))["a"][4] == "é"
    return words(out.getvalue() + " the quick brown fox the end")


def failures():
    try:
        try:
            {}["missing"]
        except KeyError as e:
            raise ValueError("wrapped") from e
    except ValueError as e:
        text = "".join(traceback.format_exception(e))
    assert "KeyError" in text


def files():
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name, "file.txt")
        path.write_text("one\ntwo\n", encoding="utf-8")
        with open(path, encoding="utf-8") as lines:
            assert [line.strip() for line in lines] == ["one", "two"]
        assert os.listdir(name) == ["file.txt"]


def threads():
    lock = threading.Lock()
    done = threading.Event()
    ready = threading.Condition()
    gate = threading.Semaphore(2)
    items = queue.Queue()
    count = 0

    def work(n):
        nonlocal count
        with gate, lock:
            count += n
        items.put(n)
        with ready:
            ready.notify_all()

    workers = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert count == sum(items.get() for _ in workers)
    threading.Timer(0.001, done.set).start()
    assert done.wait(10)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(abs, [-1, 2, -3])) == [1, 2, 3]
        futures = [pool.submit(pow, 2, n) for n in range(5)]
        assert sorted(f.result(10) for f in concurrent.futures.as_completed(futures)) == [1, 2, 4, 8, 16]
    time.sleep(0.001)


def processes():
    """What a spawned process does until it runs its target, and what its parent does."""
    context = multiprocessing.get_context("spawn")
    data = multiprocessing.spawn.get_preparation_data("trained")
    data.pop("init_main_from_path", None)
    data.pop("init_main_from_name", None)
    data["authkey"] = bytes(data["authkey"])
    process = context.Process(target=len, args=([1, 2],))
    sent = io.BytesIO()
    multiprocessing.reduction.dump(data, sent)
    multiprocessing.reduction.dump(len, sent)
    sent.seek(0)
    multiprocessing.spawn.prepare(multiprocessing.reduction.pickle.load(sent))
    assert multiprocessing.reduction.pickle.load(sent) is len
    process.run()
    multiprocessing.current_process().name = "MainProcess"

    reader, writer = context.Pipe(duplex=False)
    with reader, writer:
        writer.send({"a": [1, (2, "b")]})
        assert multiprocessing.connection.wait([reader], 1) == [reader]
        assert reader.recv() == {"a": [1, (2, "b")]}
    one, other = context.Pipe()
    with one, other:
        one.send_bytes(b"bytes")
        assert other.poll(1) and other.recv_bytes() == b"bytes"
    listener = multiprocessing.connection.Listener(None)
    listener.close()


async def later(n):
    await asyncio.sleep(0)
    return n


async def tasks():
    assert await asyncio.gather(later(1), later(2)) == [1, 2]


def main():
    numbers()
    texts()
    failures()
    files()
    threads()
    processes()
    asyncio.run(tasks())
    assert Point(1).moved(2) == Point(3)
    assert Colour["RED"] is Colour.RED
    with contextlib.suppress(ZeroDivisionError):
        1 // 0
    argparse.ArgumentParser(prog="train").parse_args([])
    exec(compile("import sys\nprint('trained', sys.version)", "<string>", "exec"), {})
    print("done", file=sys.stderr)


if __name__ == "__main__":
    main()
