"""A coroutine that nobody awaited is told of when the program ends, at the latest."""

import _posixshmem
import warnings

for call in _posixshmem.shm_unlink, lambda path: _posixshmem.shm_open(path, 0):
    try:
        call("/not-there")
    except FileNotFoundError as e:
        print(e)


async def forgotten():
    pass


warnings.showwarning = lambda message, *_, **__: print(message)
kept = forgotten()
kept.close()
forgotten()
