def f(a):
    try:
        a()
    except (A, B) as e:
        return e
    except C:
        raise
    else:
        a.b
    finally:
        a.c()


def g(a):
    for x in a:
        try:
            return x
        finally:
            a()
    try:
        a()
    except* A as e:
        raise B from e
    except* C:
        pass
    else:
        a.b
