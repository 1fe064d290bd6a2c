"""Trees of small tuples, built and counted: allocation."""


def tree(depth):
    return (None, None) if depth == 0 else (tree(depth - 1), tree(depth - 1))


def count(node):
    left, right = node
    return 1 if left is None else 1 + count(left) + count(right)


def run():
    total = 0
    long_lived = tree(16)
    for depth in range(4, 17, 6):
        for _ in range(1 << (16 - depth + 2)):
            total += count(tree(depth))
    return total + count(long_lived)


if __name__ == "__main__":
    print(run())
