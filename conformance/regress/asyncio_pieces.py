"""What asyncio does beside sockets: children, threads, executors, streams, time limits."""

import asyncio
import concurrent.futures
import contextvars
import os
import signal
import socket
import sys
import threading

who = contextvars.ContextVar("who", default="nobody")


async def python(code, **kwargs):
    return await asyncio.create_subprocess_exec(sys.executable, "-I", "-S", "-c", code, **kwargs)


async def children():
    child = await python(
        "import sys; data = sys.stdin.read(); print(len(data)); print('done', file=sys.stderr)",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    print(await child.communicate(b"x" * 300_000), child.returncode)

    # Several at once, each read line by line.
    async def lines(number):
        child = await python(
            f"for i in range(3): print({number}, i, flush=True)", stdout=asyncio.subprocess.PIPE
        )
        return [line.decode().strip() async for line in child.stdout], await child.wait()

    for result in await asyncio.gather(*[lines(n) for n in range(3)]):
        print(result)

    # One that is ended, and one that takes too long.
    child = await python("import time; print('up', flush=True); time.sleep(600)",
                         stdout=asyncio.subprocess.PIPE)
    await child.stdout.readline()
    child.terminate()
    print(signal.Signals(-await child.wait()).name)
    child = await python("import time; time.sleep(600)")
    try:
        async with asyncio.timeout(0.05):
            await child.wait()
    except TimeoutError:
        child.kill()
        print("too long:", signal.Signals(-await child.wait()).name)

    shell = await asyncio.create_subprocess_shell("echo out; exit 3", stdout=-1)
    print(await shell.communicate(), shell.returncode)
    try:
        await asyncio.create_subprocess_exec("/no/such/program")
    except FileNotFoundError as error:
        print(error)


async def threads():
    who.set("loop")

    def work(n):
        threading.Event().wait(0.01)
        assert threading.current_thread() is not threading.main_thread()
        return n * n, who.get()

    print(await asyncio.gather(*[asyncio.to_thread(work, n) for n in range(4)]))
    loop = asyncio.get_running_loop()
    # run_in_executor hands no context on: what the thread has depends on -X thread_inherit_context.
    print([r[0] for r in await asyncio.gather(*[loop.run_in_executor(None, work, n)
                                                for n in range(4)])])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        print(await loop.run_in_executor(pool, len, "four"))
        try:
            await loop.run_in_executor(pool, int, "four")
        except ValueError as error:
            print(error)

    # From a thread into the loop.
    async def answer(n):
        await asyncio.sleep(0)
        return n + 1

    def ask():
        return [asyncio.run_coroutine_threadsafe(answer(n), loop).result(60) for n in range(3)]

    print(await asyncio.to_thread(ask))


async def streams():
    path = f"/tmp/asyncio_pieces.{os.getpid()}"

    async def shout(reader, writer):
        while data := await reader.readuntil(b";"):
            writer.write(data.upper())
            await writer.drain()
            if data == b"end;":
                break
        writer.write_eof()
        writer.close()

    server = await asyncio.start_unix_server(shout, path)
    async with server:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.writelines([b"one;", b"two;", b"end;"])
        print(await reader.read())
        writer.close()
        await writer.wait_closed()
    if os.path.exists(path):
        os.unlink(path)

    # More than the buffers hold: drain() waits until the other end reads.
    one, other = socket.socketpair()
    _, writer = await asyncio.open_connection(sock=one)
    reader, _writer = await asyncio.open_connection(sock=other, limit=1000)

    async def send():
        for _ in range(200):
            writer.write(bytes(10_000))
            await writer.drain()
        writer.close()

    sending = asyncio.create_task(send())
    total = 0
    while data := await reader.read(65536):
        total += len(data)
    await sending
    print(total)
    _writer.close()
    try:
        await asyncio.wait_for(asyncio.StreamReader().read(), 0.01)
    except TimeoutError as error:
        print(type(error).__name__)


async def signals():
    loop = asyncio.get_running_loop()
    got = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, got.set_result, "handled")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await asyncio.wait_for(got, 60), loop.remove_signal_handler(signal.SIGUSR1))

    # A pipe, both ways.
    r, w = os.pipe()
    reader = asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), open(r, "rb", 0))
    os.write(w, b"through a pipe")
    os.close(w)
    print(await reader.read())
    transport.close()


async def groups():
    async def fail(after):
        await asyncio.sleep(after)
        raise ValueError(after)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(0.001))
            group.create_task(asyncio.sleep(600))
    except* ValueError as errors:
        print(errors.exceptions)


for part in (children, threads, streams, signals, groups):
    asyncio.run(part())
