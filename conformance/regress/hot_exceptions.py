"""Exceptions raised and caught in the same hot function."""

import sys


def missing(n):
    d = {"a": 1, 5: 2}
    total = 0
    for i in range(n):
        try:
            total += d[i % 9]
        except KeyError as e:
            assert e.args == (i % 9,) and e.__context__ is None
            assert sys.exception() is e
            tb = e.__traceback__
            assert tb.tb_next is None and tb.tb_lineno == tb.tb_frame.f_code.co_firstlineno + 5
            total += 1
        assert sys.exception() is None
    return total


def get(d, k):
    try:
        return d[k]
    except KeyError:
        return None


def nested(n):
    d = {}
    count = 0
    for i in range(n):
        try:
            try:
                d["x"]
            except KeyError:
                [][i]
        except (ValueError, IndexError) as e:
            assert type(e.__context__) is KeyError and e.__context__.args == ("x",)
            assert e.__context__.__context__ is None
            count += 1
        else:
            raise AssertionError
        finally:
            count += 1
    return count


def passes(n):
    d = {1: 1}
    count = 0
    for i in range(n):
        try:
            try:
                d[2]
            except ValueError:
                raise AssertionError
            finally:
                count += 1
                assert type(sys.exception()) is KeyError
        except LookupError as e:
            assert e.__traceback__.tb_next is None
            count += i & 1
    return count


def wrong(n):
    count = 0
    kind = 5
    for i in range(n):
        try:
            try:
                {}[0]
            except kind:
                pass
        except TypeError as e:
            assert type(e.__context__) is KeyError
            assert str(e) == "catching classes that do not inherit from BaseException is not allowed"
            count += 1
    return count


def generate(n):
    d = {0: "zero"}
    for i in range(n):
        try:
            yield d[i % 3]
        except KeyError:
            yield sys.exception().args[0]


class Special(dict):
    def __missing__(self, key):
        if key == 3:
            raise KeyError("three")
        return key


def special(n):
    d = {1: 1}
    count = 0
    for i in range(n):
        if i == n - 60:
            d = Special()
        try:
            count += d[i & 3]
        except KeyError as e:
            count += 100 if e.args == ("three",) else 1
    return count


class Key:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise ValueError("eq")


def keys(n):
    d = {1: 1}
    count = 0
    for i in range(n):
        key = 2 if i < n - 50 else Key()
        try:
            d[key]
        except KeyError:
            count += 1
        except ValueError as e:
            assert e.__traceback__.tb_next.tb_frame.f_code.co_name == "__eq__"
            count += 1000
    return count


def poked(n):
    d = {}
    x = 0
    for i in range(n):
        try:
            d[0]
        except KeyError:
            x += 1
            if i == n - 10:
                sys._getframe().f_locals["x"] = 0
    return x


def conversions(n):
    good = 0
    for i in range(n):
        try:
            good += int("12x"[: 2 + i % 2])
        except ValueError as e:
            assert "12x" in str(e)
        try:
            next(iter(()))
        except StopIteration:
            good += 1
        try:
            getattr(good, "nothing")
        except AttributeError as e:
            assert e.obj is good or e.obj == good
            good += 1
    return good


for n in (10, 5_000):
    print(missing(n), nested(n), passes(n), wrong(n), list(generate(7)), len(list(generate(n))))
for n in (100, 5_000):
    print(special(n), keys(n), poked(n), conversions(n))
print(sum(get({1: 1}, k % 3) is None for k in range(9_000)))
