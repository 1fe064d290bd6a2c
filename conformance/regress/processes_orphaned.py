"""A parent that is killed leaves no process behind; a worker that is killed breaks its pool.

CPython leaves its sleeping children and the workers of its executors to run on.
"""

import concurrent.futures
import multiprocessing
import os
import signal
import subprocess
import sys
import time

SECONDS = 60


def idle(sent):
    sent.send(os.getpid())
    time.sleep(SECONDS * 10)


def parent():
    """Starts processes of each kind, says who they are, and waits to be killed."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    processes = [context.Process(target=idle, args=(sender,), daemon=daemon) for daemon in (True, False)]
    for process in processes:
        process.start()
    for process in processes:
        receiver.recv()
    pool = context.Pool(2)
    pool.map(abs, [-1, 2])
    executor = concurrent.futures.ProcessPoolExecutor(1, mp_context=context)
    executor.submit(abs, -1).result()
    lock = context.Lock()
    print("started", lock.acquire(), flush=True)
    time.sleep(SECONDS * 10)


def descendants(pid):
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="latin-1") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found += [int(name), *descendants(int(name))]
    return found


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="latin-1") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def orphans():
    # The tracker of resources tells on stderr what it removes.
    command = [sys.executable, __file__, "parent"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    print(process.stdout.readline().strip())
    children = descendants(process.pid)
    print("children", len(children) >= 5)
    process.kill()
    print("parent", process.wait() == -signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    print("left behind", [pid for pid in children if is_running(pid)])
    for pid in filter(is_running, children):
        os.kill(pid, signal.SIGKILL)
    process.stdout.close()


def end_badly():
    os.kill(os.getpid(), signal.SIGKILL)


def killed_worker():
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as executor:
        print(executor.submit(abs, -7).result())
        futures = [executor.submit(end_badly), executor.submit(abs, -8)]
        for future in futures:
            print(type(future.exception(SECONDS)).__name__)
        try:
            executor.submit(abs, -9)
        except concurrent.futures.process.BrokenProcessPool:
            print("broken for good")


if __name__ == "__main__":
    if sys.argv[1:] == ["parent"]:
        parent()
    else:
        orphans()
        killed_worker()
