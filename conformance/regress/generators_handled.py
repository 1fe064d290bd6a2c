"""What generators see and leave of the exceptions that are being handled, those without handlers
of their own included, which keep none while they are suspended."""

import sys
import traceback


def plain():
    yield repr(sys.exception())
    yield repr(sys.exception())


def raises():
    yield 1
    raise KeyError("inside")


def bare():
    yield 1
    raise


def handles():
    try:
        raise IndexError("own")
    except IndexError:
        yield repr(sys.exception())
        yield repr(sys.exception())
    yield repr(sys.exception())


def delegates(inner):
    yield from inner


def helper():
    try:
        raise ZeroDivisionError("helper")
    except ZeroDivisionError:
        return repr(sys.exception())


def calls():
    yield helper()
    yield repr(sys.exception())


def chain(e):
    names = []
    while e is not None:
        names.append(repr(e))
        e = e.__context__
    return " < ".join(names)


def resume_inside_and_outside(make):
    g = make()
    seen = [next(g)]
    try:
        raise ValueError("outside")
    except ValueError:
        seen.append(next(g, None))
        seen.append(repr(sys.exception()))
    seen.append(next(g, None))
    seen.append(repr(sys.exception()))
    return seen


def failing(make, *, thrown=None):
    g = make()
    next(g)
    text = "nothing raised"
    try:
        raise ValueError("outside")
    except ValueError:
        try:
            next(g) if thrown is None else g.throw(thrown)
        except Exception as e:
            text = chain(e)
        return text, repr(sys.exception())


def run():
    yield resume_inside_and_outside(plain)
    yield resume_inside_and_outside(lambda: delegates(plain()))
    yield resume_inside_and_outside(lambda: (repr(sys.exception()) for _ in range(3)))
    yield resume_inside_and_outside(calls)
    yield resume_inside_and_outside(handles)
    yield resume_inside_and_outside(lambda: delegates(handles()))
    for make in raises, bare, plain, handles, lambda: delegates(raises()), lambda: delegates(handles()):
        yield failing(make)
        yield failing(make, thrown=OSError("thrown"))


for line in run():
    print(line)
first = list(run())
for _ in range(300):
    assert list(run()) == first

try:
    for _ in delegates(raises()):
        pass
except KeyError:
    print(len(traceback.format_exc().splitlines()))
