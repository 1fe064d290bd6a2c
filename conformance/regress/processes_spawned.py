"""multiprocessing with the start method spawn, and ProcessPoolExecutor: each part once."""

import concurrent.futures
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import shared_memory
from multiprocessing.connection import Client, Listener, wait
from multiprocessing.managers import BaseManager


def square(n):
    if n < 0:
        raise ValueError(n)
    return n * n


def product(a, b):
    return a * b


def whoami(_):
    return os.getpid()


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def linger(started):
    started.set()
    time.sleep(60)


def consume(jobs, results):
    while (job := jobs.get()) is not None:
        results.put(job * 2)
        jobs.task_done()
    jobs.task_done()


def share(lock, value, array, name, semaphore, condition, barrier, event):
    for _ in range(20):
        with lock:
            value.value += 1
    with array.get_lock():
        array[0] += 1.5
    block = shared_memory.SharedMemory(name=name)
    block.buf[:5] = b"child"
    block.close()
    semaphore.release()
    barrier.wait(60)
    with condition:
        condition.notify()
    event.set()


def talk(connection):
    connection.send(connection.recv()[::-1])
    connection.send_bytes(b"bytes")
    connection.close()


def call(address):
    with Client(address, authkey=b"secret") as connection:
        connection.send(["hello", connection.recv()])


def fill(d, items, namespace):
    d["child"] = 1
    items.append("child")
    namespace.x = 5


def fail():
    sys.exit(3)


class Counter:
    def __init__(self):
        self.n = 0

    def add(self, by):
        self.n += by
        return self.n


class Counters(BaseManager):
    pass


Counters.register("Counter", Counter)


def pools(context):
    with context.Pool(2) as pool:
        print(pool.map(square, range(7), chunksize=2))
        print(list(pool.imap(square, range(4))), sorted(pool.imap_unordered(square, range(4), 2)))
        print(pool.starmap(product, [(1, 2), (3, 4)]), pool.apply(product, (5, 6)))
        got = []
        pool.apply_async(square, (9,), callback=got.append).wait(60)
        failed = pool.map_async(square, [1, -1], error_callback=lambda e: got.append(repr(e)))
        try:
            failed.get(60)
        except ValueError as e:
            print("ValueError", e, type(e.__cause__).__name__)
        pool.close()
        pool.join()
        print(got, failed.successful())
    with context.Pool(1, maxtasksperchild=2) as pool:
        pids = pool.map(whoami, range(4), chunksize=1)
        print("workers", len(set(pids)), pids[0] == pids[1], pids[2] == pids[3])


def queues(context):
    jobs, results = context.JoinableQueue(), context.SimpleQueue()
    consumer = context.Process(target=consume, args=(jobs, results))
    consumer.start()
    for n in range(3):
        jobs.put(n)
    jobs.put(None)
    jobs.join()
    print([results.get() for _ in range(3)], results.empty())
    consumer.join()
    print(consumer.exitcode, consumer.is_alive())
    q = context.Queue(1)
    q.put("x")
    try:
        q.put("y", timeout=0.01)
    except queue.Full:
        print("full", q.get(timeout=60))


def synchronizers(context):
    lock, event, condition = context.RLock(), context.Event(), context.Condition()
    semaphore, barrier = context.BoundedSemaphore(1), context.Barrier(2)
    value, array = context.Value("i", 2), context.Array("d", [1.0, 2.0])
    block = shared_memory.SharedMemory(create=True, size=16)
    semaphore.acquire()
    child = context.Process(
        target=share,
        args=(lock, value, array, block.name, semaphore, condition, barrier, event),
    )
    with condition:
        child.start()
        for _ in range(20):
            with lock:
                value.value += 1
        barrier.wait(60)
        print("notified", condition.wait(60))
    print(event.wait(60), semaphore.acquire(timeout=60), value.value, array[:])
    child.join()
    print(bytes(block.buf[:5]))
    block.close()
    block.unlink()
    try:
        shared_memory.SharedMemory(name=block.name)
    except FileNotFoundError:
        print("unlinked")
    items = shared_memory.ShareableList([1, "two", 3.0, None])
    print(list(items))
    items.shm.close()
    items.shm.unlink()


def connections(context):
    here, there = context.Pipe()
    child = context.Process(target=talk, args=(there,))
    child.start()
    there.close()
    here.send([1, 2, 3])
    print(wait([here], 60) == [here], here.recv(), here.recv_bytes())
    try:
        here.recv()
    except EOFError:
        print("EOF")
    child.join()
    with Listener(authkey=b"secret") as listener:
        child = context.Process(target=call, args=(listener.address,))
        child.start()
        with listener.accept() as connection:
            connection.send("you")
            print(connection.recv())
        child.join()
    print(wait([child.sentinel], 60) == [child.sentinel], child.exitcode)


def managers(context):
    with context.Manager() as manager:
        d, items, namespace = manager.dict(a=0), manager.list([1]), manager.Namespace()
        child = context.Process(target=fill, args=(d, items, namespace))
        child.start()
        child.join()
        print(d, items, namespace)
        print(manager.Pool(1).map(square, [2, 3]))
    counters = Counters(ctx=context)
    counters.start()
    counter = counters.Counter()
    print(counter.add(2), counter.add(3))
    counters.shutdown()


def executors(context):
    ProcessPool = concurrent.futures.ProcessPoolExecutor
    with ProcessPool(2, mp_context=context) as executor:
        print(list(executor.map(square, range(5), chunksize=2)))
        future = executor.submit(square, -2)
        print(type(future.exception()).__name__, future.exception())
        try:
            executor.submit(die, 0).result(60)
        except BrokenProcessPool as e:
            print("BrokenProcessPool:", e)
        try:
            executor.submit(square, 1)
        except BrokenProcessPool as e:
            print("BrokenProcessPool:", e)
    for end in ("terminate_workers", "kill_workers"):
        with context.Manager() as manager:
            started = manager.Event()
            executor = ProcessPool(1, mp_context=context)
            future = executor.submit(linger, started)
            started.wait(60)
            workers = list(executor._processes.values())
            getattr(executor, end)()
            print(end, type(future.exception(60)).__name__)
            for worker in workers:
                worker.join()
                print(worker.exitcode)


def ends(context):
    failing = context.Process(target=fail, name="failing")
    failing.start()
    failing.join()
    print(failing.name, failing.exitcode)
    started = context.Event()
    process = context.Process(target=linger, args=(started,), daemon=True)
    process.start()
    started.wait(60)
    print(process in multiprocessing.active_children(), process.daemon)
    process.terminate()
    process.join()
    print(process.exitcode)
    process.close()
    try:
        process.is_alive()
    except ValueError as e:
        print(e)


def main():
    context = multiprocessing.get_context("spawn")
    for part in (pools, queues, synchronizers, connections, managers, executors, ends):
        print("--", part.__name__)
        part(context)
    print("threads", threading.active_count())


if __name__ == "__main__":
    main()
