"""A lock that nobody else wants, taken a million times."""

import threading


def run():
    lock = threading.Lock()
    n = 0
    for _ in range(1_000_000):
        with lock:
            n += 1
    return n


if __name__ == "__main__":
    print(run())
