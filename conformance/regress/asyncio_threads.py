"""Event loops in several threads at once, and what they send each other."""

import asyncio
import concurrent.futures
import socket
import threading
import time

LOOPS = 6
MESSAGES = 300


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def talk(number):
    """A server and its client in one loop, over a real socket."""
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(host, port)
        total = 0
        for i in range(MESSAGES):
            writer.write(f"message {number} {i}\n".encode())
            answer = await reader.readline()
            assert answer == f"MESSAGE {number} {i}\n".encode(), answer
            total += i
        writer.close()
        await writer.wait_closed()
    assert asyncio.current_task() in asyncio.all_tasks()
    return total


async def hand_on(queue):
    """Takes numbers from a queue in this loop until there is None."""
    total = 0
    while (n := await queue.get()) is not None:
        total += n
    return total


loops = {}
queues = {}
ready = threading.Barrier(LOOPS)


async def main(number):
    loops[number] = asyncio.get_running_loop()
    queues[number] = asyncio.Queue()
    await asyncio.to_thread(ready.wait)
    # Every loop talks to itself, and puts numbers into the queue of the next one.
    consumer = asyncio.create_task(hand_on(queues[number]))
    talking = asyncio.create_task(talk(number))
    other = (number + 1) % LOOPS
    for i in range(MESSAGES):
        loops[other].call_soon_threadsafe(queues[other].put_nowait, i)
        if i % 50 == 0:
            await asyncio.sleep(0)
    loops[other].call_soon_threadsafe(queues[other].put_nowait, None)
    return await talking, await consumer


with concurrent.futures.ThreadPoolExecutor(LOOPS) as pool:
    results = list(pool.map(lambda n: asyncio.run(main(n)), range(LOOPS)))
print(results == [(sum(range(MESSAGES)), sum(range(MESSAGES)))] * LOOPS)


# A coroutine that another thread asks for, its result, its failure and its cancellation.
async def work(n):
    await asyncio.sleep(0)
    if n < 0:
        raise ValueError(n)
    return n * n


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()
asked = [asyncio.run_coroutine_threadsafe(work(n), loop) for n in range(100)]
print(sum(f.result() for f in asked))
try:
    asyncio.run_coroutine_threadsafe(work(-1), loop).result()
except ValueError as e:
    print("ValueError", e)
sleeper = asyncio.run_coroutine_threadsafe(asyncio.sleep(1000), loop)
sleeper.cancel()
try:
    sleeper.result()
except concurrent.futures.CancelledError:
    print("cancelled")
asyncio.run_coroutine_threadsafe(work(1), loop).result()
while asyncio.all_tasks(loop):
    time.sleep(0.001)
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()

# Descriptors sent from one socket to another.
a, b = socket.socketpair()
c, d = socket.socketpair()
socket.send_fds(a, [b"here"], [c.fileno()])
message, fds, flags, address = socket.recv_fds(b, 100, 5)
with socket.socket(fileno=fds[0]) as received:
    received.sendall(b"through the copy")
print(message, len(fds), d.recv(100))
for s in (a, b, c, d):
    s.close()
