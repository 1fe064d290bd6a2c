"""The sum of squares by a generator expression."""


def run():
    return sum(i * i for i in range(3_000_000))


if __name__ == "__main__":
    print(run())
