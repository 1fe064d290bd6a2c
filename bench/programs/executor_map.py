"""ThreadPoolExecutor.map over 50,000 small calls."""

from concurrent.futures import ThreadPoolExecutor


def square(n):
    return n * n


def run():
    with ThreadPoolExecutor(max_workers=4) as executor:
        return sum(executor.map(square, range(50_000)))


if __name__ == "__main__":
    print(run())
