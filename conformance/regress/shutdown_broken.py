# What is said when the wait for the program's threads can't be made.
import sys
import threading


def shutdown():
    raise ValueError("late")


sys.unraisablehook = lambda u: print(u.err_msg, repr(u.exc_value), u.object)
threading._shutdown = shutdown
