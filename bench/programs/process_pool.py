"""multiprocessing.Pool(2) with start method spawn and four tasks."""

import multiprocessing


def work(n):
    return sum(i * i for i in range(n))


def run():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return sum(pool.map(work, [20_000] * 4))


if __name__ == "__main__":
    print(run())
