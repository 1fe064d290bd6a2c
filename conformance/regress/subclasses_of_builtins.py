"""Built-in classes know their built-in subclasses, in CPython's order, whether or not they have been used."""


def tree(cls, depth=0):
    print("  " * depth + cls.__name__)
    for sub in type.__subclasses__(cls):
        if sub.__module__ == "builtins":
            tree(sub, depth + 1)


tree(BaseException)
for cls in int, dict, str, list:
    print(cls.__name__, [s.__name__ for s in cls.__subclasses__() if s.__module__ == "builtins"])
print({bool, int, str, type, BaseException, range, property} <= set(object.__subclasses__()))


class Mine(LookupError):
    pass


print(LookupError.__subclasses__()[:2], Mine in LookupError.__subclasses__())
