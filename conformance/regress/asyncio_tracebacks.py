"""What asyncio.run raises has the coroutine's frames, however often the exception was looked at."""

import asyncio
import traceback


def names(e):
    return [f.name for f in traceback.extract_tb(e.__traceback__)]


async def fails():
    await asyncio.sleep(0)
    raise ValueError("no")


async def passes_on():
    await asyncio.create_task(fails())


async def groups():
    async with asyncio.TaskGroup() as group:
        group.create_task(fails())


async def in_thread():
    await asyncio.to_thread(int, "x")


for f in fails, passes_on, groups, in_thread:
    try:
        asyncio.run(f())
    except Exception as e:
        print(f.__name__, names(e), [names(x) for x in getattr(e, "exceptions", [])])

loop = asyncio.new_event_loop()
for order in "rr", "re", "er", "ee", "eer", "rer":
    try:
        raise KeyError
    except KeyError as e:
        x = e
    future = loop.create_future()
    future.set_exception(x)
    seen = []
    for way in order:
        if way == "e":
            seen.append(names(future.exception()))
        else:
            try:
                future.result()
            except KeyError as e:
                seen.append(names(e))
    print(order, seen)
loop.close()
