"""Points of the Mandelbrot set on a grid of 300 by 300, counted."""

SIZE = 300
LIMIT = 50


def run():
    inside = 0
    for py in range(SIZE):
        ci = 2.0 * py / SIZE - 1.0
        for px in range(SIZE):
            cr = 2.0 * px / SIZE - 1.5
            zr = zi = zr2 = zi2 = 0.0
            for _ in range(LIMIT):
                zi = 2.0 * zr * zi + ci
                zr = zr2 - zi2 + cr
                zr2 = zr * zr
                zi2 = zi * zi
                if zr2 + zi2 > 4.0:
                    break
            else:
                inside += 1
    return inside


if __name__ == "__main__":
    print(run())
