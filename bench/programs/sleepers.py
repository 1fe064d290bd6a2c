"""10,000 threads asleep at the same time, for a second each."""

import threading
import time


def run():
    threads = [threading.Thread(target=time.sleep, args=(1,)) for _ in range(10_000)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return len(threads)


if __name__ == "__main__":
    print(run())
