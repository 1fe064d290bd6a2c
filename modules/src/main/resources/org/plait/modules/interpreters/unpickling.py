"""Unpickles what was pickled in another interpreter."""

import io
import pickle
from operator import attrgetter


class _Unpickler(pickle.Unpickler):
    def __init__(self, data, main):
        super().__init__(io.BytesIO(data))
        self.main = main

    def find_class(self, module, name):
        if module == "__main__":
            return attrgetter(name)(self.main)
        return super().find_class(module, name)


def loads(data, main):
    """Unpickles with another module in the place of __main__."""
    return _Unpickler(data, main).load()
