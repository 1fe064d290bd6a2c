# Many threads wait for few descriptors, and one is woken at a time. Whoever leaves without taking
# what is there (after a time-out, a look, another's theft) must not take the wake-up with it.
import os
import random
import select
import socket
import threading
import time

COUNT = 28
SIZE = 30_000


def run(threads):
    for t in threads:
        t.start()
    return threads


def join(threads):
    for t in threads:
        t.join()


def take_part(s, chance, now):
    """Waits in one of many ways; returns some bytes, b"" at the end, or None when it has none."""
    way = chance.randrange(7)
    patience = chance.choice([0.0005, 0.005, None])
    if way == 0:
        return s.recv(chance.randint(1, 9))
    if way == 1:
        buffer = bytearray(7)
        return buffer[: s.recv_into(buffer)]
    if way == 2:
        return s.recv(3, socket.MSG_PEEK) and s.recv(3, now)
    if way == 3:
        return s.recvmsg(5)[0]
    if way == 4:
        ready = select.select([s], [], [], patience)[0]
    elif way == 5:
        poll = select.poll()
        poll.register(s, chance.choice([select.POLLIN, select.POLLIN | select.POLLPRI]))
        ready = poll.poll(patience and patience * 1000)
    else:
        with select.epoll() as epoll:
            epoll.register(s, select.EPOLLIN)
            ready = epoll.poll(patience)
    return s.recv(4, now) if ready and chance.random() < 0.5 else None


def read(s, seed, counts):
    chance = random.Random(seed)
    n = 0
    while True:
        try:
            part = take_part(s, chance, socket.MSG_DONTWAIT)
        except (BlockingIOError, TimeoutError):
            continue
        if part is not None:
            if not part:
                break
            n += len(part)
    counts.append(n)


def readers(name, timeout, duplicates):
    pairs = [socket.socketpair() for _ in range(3)]
    ends = [pairs[k % 3][0] for k in range(COUNT)]
    if duplicates:
        ends = [s if k % 2 else s.dup() for k, s in enumerate(ends)]
    for s in ends:
        s.settimeout(timeout)
    counts = []
    threads = run([threading.Thread(target=read, args=(s, k, counts)) for k, s in enumerate(ends)])
    chance = random.Random(1)
    sent = 0
    while sent < SIZE // 10:
        n = chance.randint(1, 20)
        pairs[chance.randrange(3)][1].sendall(bytes(n))
        sent += n
        if chance.random() < 0.1:
            time.sleep(0.001)
    for _, other in pairs:
        other.shutdown(socket.SHUT_WR)
    join(threads)
    for s in ends + [s for pair in pairs for s in pair]:
        s.close()
    print(name, sum(counts) == sent)


def write(s, seed, counts):
    chance = random.Random(seed)
    n = 0
    while n < SIZE:
        try:
            if chance.random() < 0.2:
                select.select([], [s], [], chance.choice([0.001, None]))
                if chance.random() < 0.5:
                    continue
            n += s.send(bytes(chance.randint(1, 3000)))
        except TimeoutError:
            pass
    counts.append(n)


def writers(name, timeout):
    ours, other = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    ours.settimeout(timeout)
    counts = []
    threads = [threading.Thread(target=write, args=(ours, k, counts)) for k in range(COUNT)]
    received = 0

    def receive():
        nonlocal received
        while part := other.recv(4000):
            received += len(part)

    receiver = run([threading.Thread(target=receive)])
    join(run(threads))
    ours.close()
    join(receiver)
    other.close()
    print(name, sum(counts) == received)


def pipe(name):
    r, w = os.pipe()
    counts = []

    def read(k):
        n = 0
        while True:
            if k % 3 == 0:
                select.select([r], [], [], 0.001)
            if not (part := os.read(r, 700)):
                break
            n += len(part)
        counts.append(n)

    def write():
        for _ in range(20):
            os.write(w, bytes(4096))

    threads = run([threading.Thread(target=read, args=(k,)) for k in range(COUNT)])
    join(run([threading.Thread(target=write) for _ in range(6)]))
    os.close(w)
    join(threads)
    os.close(r)
    print(name, sum(counts) == 6 * 20 * 4096)


def closing(name):
    """Sockets that threads wait for are shut down and closed, and their numbers used again."""
    for k in range(20):
        pairs = [socket.socketpair() for _ in range(3)]

        def drain(s):
            try:
                while s.recv(1):
                    pass
            except OSError:
                pass

        threads = run([threading.Thread(target=drain, args=(pairs[i % 3][0],)) for i in range(9)])
        for ours, other in pairs:
            other.send(b"12")
            if k % 2:
                ours.shutdown(socket.SHUT_RD)
                ours.close()
            other.close()
        join(threads)
        for ours, _ in pairs:
            ours.close()
    print(name)


readers("readers", None, False)
readers("readers with a time-out", 0.003, False)
readers("readers of duplicates", None, True)
writers("writers", None)
writers("writers with a time-out", 0.002)
pipe("pipe")
closing("closed")
