"""Updates of an attribute of one shared object from two threads, each as often as the one does."""

import threading

THREADS = 2
TIMES = 300_000


class Counter:
    def __init__(self):
        self.value = 0
        self.last = None


def run():
    counter = Counter()

    def work(start):
        for n in range(TIMES):
            counter.value += 1
            counter.last = n

    threads = [threading.Thread(target=work, args=(k,)) for k in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return counter.last


if __name__ == "__main__":
    print(run())
