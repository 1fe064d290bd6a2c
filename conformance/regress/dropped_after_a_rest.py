"""What a program lets go of is found while it waits, also when it has waited for long before."""

import socket
import threading
import time
import weakref


class Held:
    pass


def dropped_socket():
    one, other = socket.socketpair()
    other.settimeout(60)
    del one
    return other.recv(1)


def dropped_object():
    held = Held()
    gone = threading.Event()
    reference = weakref.ref(held, lambda _: gone.set())
    del held
    return gone.wait(60), reference()


for rest in 0, 4, 1:
    time.sleep(rest)
    print(dropped_socket(), dropped_object())
