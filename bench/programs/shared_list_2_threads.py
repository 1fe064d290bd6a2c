"""Updates of one shared list from two threads, each as often as the one does."""

import threading

THREADS = 2
TIMES = 200_000


def run():
    shared = [0] * 64
    grown = []

    def work(start):
        for n in range(start, start + TIMES):
            shared[n & 63] += 1
            if n & 7 == 0:
                grown.append(n)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return len(grown)


if __name__ == "__main__":
    print(run())
