# Two descriptors of one listening socket: each connection wakes those who accept on either, and one
# of them gets it. The other goes on waiting where signals reach it.
import os
import signal
import socket
import threading

COUNT = 500


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop


def serve(door):
    while True:
        with door.accept()[0] as connection:
            if connection.recv(1) == b"q":
                return


def say(what):
    with socket.create_connection(listener.getsockname()) as s:
        s.sendall(what)
        s.recv(1)


def call():
    for _ in range(COUNT):
        begin.acquire()
        say(b"x")
        os.kill(os.getpid(), signal.SIGUSR1)


signal.signal(signal.SIGUSR1, stop)
listener = socket.create_server(("127.0.0.1", 0))
begin = threading.Semaphore(0)
other = threading.Thread(target=serve, args=(listener.dup(),))
caller = threading.Thread(target=call)
other.start()
caller.start()
stopped = 0
for _ in range(COUNT):
    try:
        begin.release()
        serve(listener)
    except Stop:
        stopped += 1
caller.join()
say(b"q")
other.join()
print(stopped, listener.getblocking(), os.get_blocking(listener.fileno()))
