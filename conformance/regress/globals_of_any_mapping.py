"""Code that runs with globals or built-ins that are no plain dict asks them for each name, each time:
what was found before, with others, is no answer."""

import types
from annotationlib import Format, get_annotations


class Missing(dict):
    def __missing__(self, key):
        return "missing " + key


class Everything(dict):
    def __getitem__(self, key):
        return "everything " + key


class Mapping:
    def __getitem__(self, key):
        if key == "nothing":
            raise KeyError(key)
        return "mapping " + key


def names():
    return len, nothing


def many(function):
    try:
        return {function() for _ in range(2_000)}
    except NameError as e:
        return e


def with_globals(mapping):
    return types.FunctionType(names.__code__, mapping)


plain = {"nothing": "here"}
print(many(with_globals({})))
print(many(with_globals(Missing())))
print(many(with_globals(plain)))
print(many(with_globals(Missing(nothing=1))))
print(many(with_globals(Everything(nothing=1, len=2))))
print(many(with_globals(plain)))

for builtins in Mapping(), Missing(nothing=1), {"len": 3, "nothing": 4}, {"len": 5}:
    print(many(with_globals({"__builtins__": builtins})))
shared = {"nothing": "here"}
before = with_globals(shared)
shared["__builtins__"] = Mapping()
after = with_globals(shared)
print(many(before), many(after), many(before))


def annotated(a: list[int], b: 1 + int, c: undefined.name):
    pass


for form in Format.FORWARDREF, Format.STRING, Format.FORWARDREF:
    b = get_annotations(annotated, format=form)["b"]
    print(b if form is Format.STRING else b.__forward_arg__)
