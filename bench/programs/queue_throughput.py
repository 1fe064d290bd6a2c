"""queue.Queue: one producer, one consumer, 200,000 items."""

import queue
import threading


def run():
    q = queue.Queue(1000)
    total = 0

    def consume():
        nonlocal total
        while (item := q.get()) is not None:
            total += item

    consumer = threading.Thread(target=consume)
    consumer.start()
    for n in range(200_000):
        q.put(n & 255)
    q.put(None)
    consumer.join()
    return total


if __name__ == "__main__":
    print(run())
