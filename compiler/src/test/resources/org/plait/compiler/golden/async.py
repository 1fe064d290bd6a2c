async def f(a):
    async with a as b, a:
        await b
    async for x in a:
        if x:
            break
    else:
        b()
    r = [y async for y in a if await y]
    yield r


async def g(a):
    return {x: 1 async for x in a}
