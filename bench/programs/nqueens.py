"""The placements of eleven queens, by recursion with generators and permutations of rows."""


def place(n, row, columns, up, down):
    if row == n:
        yield tuple(columns)
        return
    for column in range(n):
        if column not in columns and (row + column) not in up and (row - column) not in down:
            up.add(row + column)
            down.add(row - column)
            columns.append(column)
            yield from place(n, row + 1, columns, up, down)
            columns.pop()
            up.discard(row + column)
            down.discard(row - column)


def run():
    total = 0
    for solution in place(11, 0, [], set(), set()):
        total += 100 + solution[0]
    return total


if __name__ == "__main__":
    print(run())
