"""A lock that five threads want, taken half a million times."""

import threading


def run():
    lock = threading.Lock()
    total = 0

    def work():
        nonlocal total
        for _ in range(100_000):
            with lock:
                total += 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return total


if __name__ == "__main__":
    print(run())
