"""Two threads that hand one item back and forth: 50,000 switches each way."""

import queue
import threading


def run():
    there, back = queue.SimpleQueue(), queue.SimpleQueue()

    def answer():
        while (n := there.get()) is not None:
            back.put(n + 1)

    thread = threading.Thread(target=answer)
    thread.start()
    n = 0
    for _ in range(50_000):
        there.put(n)
        n = back.get()
    there.put(None)
    thread.join()
    return n


if __name__ == "__main__":
    print(run())
