# Struct sequences took any dict for their further fields, and replaced items without names.
import copy
import os
import time


def show(make):
    try:
        print(make())
    except TypeError as e:
        print("TypeError:", e)


show(lambda: time.struct_time("123456789", None))
show(lambda: time.struct_time("123456789", {"unknown": 1}))
show(lambda: time.struct_time("1234567890", {"tm_zone": "twice"}))
show(lambda: time.struct_time("123456789", {"tm_zone": "once"}).tm_zone)
show(lambda: os.stat_result((*range(10), -1.0), {"st_atime": -1.0}))
show(lambda: copy.replace(os.stat_result(range(10)), st_mode=1))
show(lambda: copy.replace(time.gmtime(0), a=1, b=2, tm_year=1))
