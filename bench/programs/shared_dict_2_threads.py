"""Updates of one shared dict from two threads, each as often as the one does."""

import threading

THREADS = 2
TIMES = 200_000


def run():
    shared = {k: 0 for k in range(64)}

    def work(start):
        for n in range(start, start + TIMES):
            key = n & 63
            shared[key] = shared[key] + 1

    threads = [threading.Thread(target=work, args=(k,)) for k in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return len(shared)


if __name__ == "__main__":
    print(run())
