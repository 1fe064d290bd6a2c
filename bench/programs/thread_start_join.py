"""2,000 threads, started and joined one after the other."""

import threading


def run():
    done = []
    for n in range(2_000):
        t = threading.Thread(target=done.append, args=(n,))
        t.start()
        t.join()
    return len(done)


if __name__ == "__main__":
    print(run())
