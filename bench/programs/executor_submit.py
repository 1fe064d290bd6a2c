"""ThreadPoolExecutor.submit and as_completed, 20,000 small calls."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def square(n):
    return n * n


def run():
    with ThreadPoolExecutor(max_workers=4) as executor:
        futures = [executor.submit(square, n) for n in range(20_000)]
        return sum(future.result() for future in as_completed(futures))


if __name__ == "__main__":
    print(run())
