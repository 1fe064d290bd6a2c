"""A call that must not wait does not wait in hot code either."""

import queue
import threading
import time

items = queue.SimpleQueue()
asked = queue.SimpleQueue()


def poll(q):
    return q.get_nowait()


def poll_false(q):
    return q.get(False)


def give():
    while asked.get():
        time.sleep(0.004)
        items.put("late")


giver = threading.Thread(target=give)
giver.start()
for take in (poll, poll_false):
    for n in range(20_000):
        items.put(n)
        assert take(items) == n
    empty = 0
    for _ in range(100):
        asked.put(True)
        try:
            take(items)
        except queue.Empty:
            empty += 1
            items.get()
    # Most of a hundred were asked for before they were there.
    print(take.__name__, empty > 50)
asked.put(False)
giver.join()
