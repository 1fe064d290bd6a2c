"""The sum of squares by generator expressions, the same work as sum_1_thread in 4 threads."""

import threading

THREADS = 4
N = 3_000_000


def run():
    parts = [0] * THREADS

    def work(k):
        parts[k] = sum(i * i for i in range(k * N // THREADS, (k + 1) * N // THREADS))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sum(parts)


if __name__ == "__main__":
    print(run())
