"""CPython's example of subclasses of list and dict made in C; see README.md."""


class spamlist(list):
    def __init__(self, *args):
        super().__init__(*args)
        self._state = 0

    def getstate(self):
        """getstate() -> state"""
        return self._state

    def setstate(self, state):
        """setstate(state)"""
        self._state = state

    @classmethod
    def classmeth(cls, *args, **kwargs):
        """classmeth(*args, **kw)"""
        return cls, args, kwargs

    @staticmethod
    def staticmeth(*args, **kwargs):
        """staticmeth(*args, **kw)"""
        return None, args, kwargs

    @property
    def state(self):
        """an int variable for demonstration purposes"""
        return self._state


class spamdict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.state = 0

    def getstate(self):
        """getstate() -> state"""
        return self.state

    def setstate(self, state):
        """setstate(state)"""
        self.state = state


def bench(obj, name, n=1000):
    import time

    start = time.perf_counter()
    for _ in range(n):
        getattr(obj, name)
    return time.perf_counter() - start
