"""Containers that one thread had for itself are shared from the first other thread on."""

import gc
import threading

N = 30_000
items = []
table = {}
seen = set()


class Attributes:
    pass


shared = Attributes()


def work(k):
    for i in range(N):
        items.append(i)
        table[k, i] = i
        seen.add((k, i % 100))
        setattr(shared, f"a{k}_{i % 50}", i)


work(0)
threads = []
for k in range(1, 4):
    t = threading.Thread(target=work, args=(k,))
    t.start()
    threads.append(t)
    work(k + 10)
for t in threads:
    t.join()
print(len(items), len(table), len(seen), len(vars(shared)))
print(sum(items) == 7 * sum(range(N)))


class Dying:
    def __del__(self):
        gone.append(threading.current_thread() is not None)


gone = []
for _ in range(100):
    Dying()
gc.collect()
print(len(gone), all(gone))
