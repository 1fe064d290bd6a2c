"""An exception leaves a frame that has begun to be traced: once, with one event."""

import sys
import traceback


def tracer(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        print(event, frame.f_code.co_name, arg[0].__name__ if event == "exception" else arg)
        return tracer


def begin():
    sys.settrace(tracer)
    sys._getframe(1).f_trace = tracer


def fail():
    begin()
    (1).nothing


try:
    fail()
except AttributeError as e:
    sys.settrace(None)
    print([frame.name for frame in traceback.extract_tb(e.__traceback__)])
