"""Pancake flips over all permutations of nine: list slices and small integers."""


def run():
    n = 9
    p = list(range(n))
    count = list(range(n))
    checksum = 0
    most = 0
    sign = 1
    while True:
        first = p[0]
        if first:
            flips = 1
            q = p[:]
            while True:
                top = q[first]
                if not top:
                    break
                q[: first + 1] = q[first::-1]
                # after the flip the former top card lies at the front
                first = q[0]
                flips += 1
            most = max(most, flips)
            checksum += sign * flips
        if sign == 1:
            p[0], p[1] = p[1], p[0]
            sign = -1
        else:
            p[1], p[2] = p[2], p[1]
            sign = 1
            i = 2
            while True:
                if count[i]:
                    count[i] -= 1
                    break
                if i == n - 1:
                    return checksum * 100 + most
                count[i] = i
                i += 1
                p.insert(i, p.pop(0))


if __name__ == "__main__":
    print(run())
