# The events of native code: names, arguments, and what a hook that raises prevents.
import sys

listening = False
events = []


def hook(event, args):
    if listening:
        events.append((event, args))


def shown(value):
    if isinstance(value, (int, str, bytes, type(None))):
        return repr(value)
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(map(shown, value)) + ")"
    return type(value).__name__


def tell(label, function, *args, hide=(), **kwargs):
    global listening
    events.clear()
    listening = True
    try:
        try:
            function(*args, **kwargs)
        finally:
            listening = False
    except Exception as e:
        result = type(e).__name__
    else:
        result = "ok"
    print(f"{label}: {result}")
    for event, args in events:
        print("   ", event, "..." if event in hide else shown(args))


import _thread, array, ast, copy, fcntl, gc, io, marshal, mmap, operator, os
import pickle, resource, socket, tempfile, time, types

"a".encode("idna")  # brings what the look-up of names imports

sys.addaudithook(hook)

print("-- code")
tell("compile", compile, "1", "file", "eval")
tell("bytes", compile, b"1", b"file", "eval")
tell("tree", compile, ast.parse("1", mode="eval"), "file", "eval")
tell("tree only", compile, "1", "file", "eval", ast.PyCF_ONLY_AST)
tell("bad syntax", compile, "1 +", "file", "eval")
tell("bad mode", compile, "1", "file", "other")
tell("null", compile, "1\0", "file", "eval")
tell("eval", eval, " 1")
tell("exec", exec, "x = 1")
code = compile("1", "file", "eval")
tell("eval of code", eval, code)
tell("exec of code", exec, code)
tell("bad globals", exec, "x = 1", 5)
tell("CodeType", lambda: types.CodeType(0, 0, 0, 1, 1, 1, b"", (), (), (), "file", "name", "q",
                                        1, b"", b""))
tell("replace", code.replace, co_name="other", hide=["code.__new__"])
tell("FunctionType", types.FunctionType, code, {})
tell("no function", types.FunctionType, 5, {})
tell("dumps", marshal.dumps, (1, "a"))
tell("version 2", marshal.dumps, 1, 2)
tell("loads", marshal.loads, marshal.dumps(b"")[:0])
tell("dump", marshal.dump, 1, io.BytesIO())
tell("load", marshal.load, io.BytesIO(marshal.dumps(1)))
tell("pickle", lambda: pickle.loads(pickle.dumps(len)))
path, sys.path = sys.path, ["not a directory"]
tell("import", lambda: __import__("this_is_not_there"), hide=["import"])
print("       ", shown(events[0][1][:3]), events[0][1][3:] == (sys.meta_path, sys.path_hooks))
sys.path = path
tell("loaded", lambda: __import__("sys"))

print("-- attributes")


def f(a=1, *, b=2):
    yield


def g():
    pass


for name, values in {"__code__": (code, 5), "__defaults__": ((1,), None, 5),
                     "__kwdefaults__": ({}, None, 5), "__name__": ("g", 5), "other": (1,)}.items():
    tell("get " + name, getattr, g, name, None)
    for value in values:
        tell("set " + name, setattr, g, name, value)
    tell("delete " + name, delattr, g, name)


class A:
    pass


class B:
    pass


class C(A):
    pass


for name, value in {"__name__": "D", "__qualname__": "D", "__module__": "m", "__bases__": (B,),
                    "__doc__": "d", "__type_params__": (), "__annotations__": {},
                    "other": 1}.items():
    tell("set " + name, setattr, C, name, value)
tell("not a name", setattr, C, "__name__", 5)
tell("built-in", setattr, int, "__name__", "x")
tell("by the descriptor", type.__dict__["__bases__"].__set__, C, (A,))
tell("__class__", setattr, A(), "__class__", B)
tell("no class", setattr, A(), "__class__", 5)
generator = f()


async def coroutine():
    pass


async def async_generator():
    yield


c = coroutine()
for o, prefix in (generator, "gi"), (c, "cr"), (async_generator(), "ag"):
    for name in "_frame", "_code", "_running":
        tell(prefix + name, getattr, o, prefix + name)
c.close()
try:
    1 / 0
except ZeroDivisionError as e:
    tb = e.__traceback__
tell("tb_frame", lambda: tb.tb_frame)
frame = sys._getframe()
tell("f_code", lambda: frame.f_code)
tell("f_back", lambda: frame.f_back)
tell("attrgetter", operator.attrgetter("__code__"), f)
tell("hasattr", hasattr, f, "__code__")

print("-- builtins, sys, gc")
one = object()
tell("id", id, one, hide=["builtins.id"])
assert events == [("builtins.id", (id(one),))]
sys.breakpointhook = lambda: None
tell("breakpoint", breakpoint)
sys.stdin = io.StringIO("a\nb\n")
sys.stdout, stdout = io.StringIO(), sys.stdout
got = []
for args in (), ("prompt",), ((1, 2),):
    events.clear()
    listening = True
    try:
        input(*args)
    except EOFError:
        pass
    listening = False
    got += events
sys.stdout = stdout
print(got)
tell("_getframe", sys._getframe)
tell("_getframe(1)", sys._getframe, 1)
tell("too deep", sys._getframe, 10**6)
tell("_getframemodulename", sys._getframemodulename, 1)
tell("_current_frames", sys._current_frames)
tell("_current_exceptions", sys._current_exceptions)
tell("settrace", sys.settrace, None)
tell("setprofile", sys.setprofile, None)
tell("all threads", sys._settraceallthreads, None)
tell("asyncgen hooks", sys.set_asyncgen_hooks, None, None)
tell("one", sys.set_asyncgen_hooks, finalizer=None)
tell("no hook", sys.set_asyncgen_hooks, print, 2)
tell("register_callback", sys.monitoring.register_callback, 1, 1, None)
tell("bad tool", sys.monitoring.register_callback, 100, 1, None)
tell("get_objects", gc.get_objects)
tell("generation", gc.get_objects, 1)
tell("bad generation", gc.get_objects, 5)
tell("get_referents", gc.get_referents, 1, "a")
tell("get_referrers", gc.get_referrers, one)
tell("audit", sys.audit, "mine", 1, (2,))
tell("no event", sys.audit, 5)
tell("keyword", sys.audit, "mine", a=1)
tell("null", sys.audit, "mi\0ne")
tell("addaudithook", sys.addaudithook, lambda event, args: None)

print("-- threads, time")
lock = _thread.allocate_lock()
lock.acquire()


def release(*args, **kwargs):
    lock.release()


tell("start_new_thread", lambda: (_thread.start_new_thread(release, (1,)), lock.acquire()))
tell("named", lambda: (_thread.start_new_thread(release, (), {"a": 1}), lock.acquire()))
tell("no tuple", _thread.start_new_thread, release, 5)
tell("start_joinable_thread", lambda: _thread.start_joinable_thread(time.time).join())
tell("handle", lambda: _thread.start_joinable_thread(
    time.time, handle=_thread._ThreadHandle(), daemon=False).join())
tell("no function", _thread.start_joinable_thread, 5)
tell("sleep", time.sleep, 0)
tell("no time", time.sleep, "a")
tell("before now", time.sleep, -1)

print("-- memory, files")
tell("array", array.array, "i")
tell("items", array.array, "b", b"12")
tell("bad code", array.array, "z", [1])
tell("no code", array.array, 5)
tell("copy", copy.copy, array.array("i"))
tell("mmap", lambda: mmap.mmap(-1, 8).close())
tell("read", lambda: mmap.mmap(-1, 8, prot=mmap.PROT_READ).close())
tell("no length", mmap.mmap, -1, 0)
tell("bad access", mmap.mmap, -1, 8, access=7)
with tempfile.TemporaryFile() as file:
    numbers = {"fcntl.fcntl", "fcntl.ioctl", "fcntl.flock", "fcntl.lockf"}

    def operate(label, function, *args):
        tell(label, function, file, *args, hide=numbers)
        for event, given in events:
            assert given[0] == file.fileno()
            print("       ", shown(given[1:]))

    operate("fcntl", fcntl.fcntl, fcntl.F_GETFD)
    operate("argument", fcntl.fcntl, fcntl.F_GETFD, 5)
    operate("bad argument", fcntl.fcntl, fcntl.F_GETFD, 5.5)
    operate("ioctl", fcntl.ioctl, 2**40, b"    ")
    operate("flock", fcntl.flock, fcntl.LOCK_UN)
    operate("lockf", fcntl.lockf, fcntl.LOCK_UN)
    operate("a part", fcntl.lockf, fcntl.LOCK_UN, 1, 2, 0)
    operate("no part", fcntl.lockf, fcntl.LOCK_UN, "a")
    tell("open", lambda: os.close(os.open(os.devnull, os.O_RDONLY)))
    tell("chown", os.chown, file.fileno(), -1, -1, hide=["os.chown"])
    print("       ", events[0][1][1:])
tell("system", os.system, "true")
core = resource.RLIMIT_CORE
limits = resource.getrlimit(core)
tell("setrlimit", resource.setrlimit, core, limits, hide=["resource.setrlimit"])
tell("no limits", resource.setrlimit, core, 5)
tell("no resource", resource.setrlimit, 99, limits)
tell("prlimit", resource.prlimit, 0, core)
tell("getrlimit", resource.getrlimit, core)

print("-- sockets")
s = None


def make(*args):
    global s
    s = socket.socket(*args)


def on_socket(label, name, *args):
    tell(label, lambda: getattr(s, name)(*args),
         hide=["socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"])
    for event, given in events:
        print("       ", given == (s, args[-1]) or given)


tell("new", make, socket.AF_INET, socket.SOCK_DGRAM)
on_socket("bind", "bind", ("127.0.0.1", 0))
address = s.getsockname()
on_socket("no address", "bind", 5)
on_socket("connect", "connect", address)
on_socket("connect_ex", "connect_ex", address)
on_socket("send", "send", b"1")
on_socket("sendto", "sendto", b"1", address)
on_socket("no bytes", "sendto", 5, address)
on_socket("sendmsg", "sendmsg", [b"1"], [], 0, address)
on_socket("to nobody", "sendmsg", [b"1"], [], 0, None)
s.close()
tell("pair", lambda: [end.close() for end in socket.socketpair()])
tell("getaddrinfo", socket.getaddrinfo, "127.0.0.1", 80, type=socket.SOCK_STREAM)
tell("no port", socket.getaddrinfo, None, 5.5)
tell("getnameinfo", socket.getnameinfo, ("127.0.0.1", 80), 3)
tell("gethostname", socket.gethostname)
tell("gethostbyname", socket.gethostbyname, "127.0.0.1")
tell("gethostbyname_ex", socket.gethostbyname_ex, b"127.0.0.1")
tell("getservbyname", socket.getservbyname, "http")
tell("getservbyport", socket.getservbyport, 80, "tcp")

print("-- hooks that raise")


class Refused(Exception):
    pass


refused = None


def refuse(event, args):
    if event == refused:
        raise Refused(event)


sys.addaudithook(refuse)


def try_to(event, function, *args):
    global refused
    refused = event
    try:
        function(*args)
    except Refused as e:
        print("refused", e)
    else:
        print("done", event)
    finally:
        refused = None


def attributes():
    g.__defaults__ = (1, 2, 3)


try_to("object.__setattr__", attributes)
print(g.__defaults__)
try_to("object.__setattr__", setattr, C, "__name__", "E")
print(C.__name__)
try_to("exec", exec, "print('not run')")
try_to("exec", exec, compile("print('not run')", "file", "exec"))
try_to("socket.sethostname", socket.sethostname, "name")
try_to("os.system", os.system, "echo not run")
try_to("_thread.start_new_thread", _thread.start_new_thread, print, ("not run",))
try_to("sys.settrace", sys.settrace, print)
print(sys.gettrace())
try_to("sys.set_asyncgen_hook_firstiter", sys.set_asyncgen_hooks, print, print)
print(*sys.get_asyncgen_hooks())
try_to("sys.addaudithook", sys.addaudithook, lambda event, args: print("never called"))
try_to("mmap.__new__", mmap.mmap, -1, 8)
try_to("time.sleep", time.sleep, 1000)

print("-- hot loops")
calls = {"id": lambda: id(one), "_getframe": lambda: sys._getframe(), "f_code": lambda: frame.f_code,
         "back": lambda: sys._getframe().f_back.f_code, "__code__": lambda: g.__code__,
         "tb_frame": lambda: tb.tb_frame, "gi_frame": lambda: generator.gi_frame,
         "hasattr": lambda: hasattr(g, "__code__"), "sleep": lambda: time.sleep(0),
         "__class__": lambda: setattr(a, "__class__", A)}
a = A()


def repeat(function, n):
    for _ in range(n):
        function()


def ids(n):
    for _ in range(n):
        id(one)


def codes(n):
    for _ in range(n):
        frame.f_code, g.__code__, tb.tb_frame


def sleeps(n):
    for _ in range(n):
        time.sleep(0)


for name, function in calls.items():
    repeat(function, 3000)
    events.clear()
    listening = True
    repeat(function, 200)
    listening = False
    print(name, len(events), sorted({event for event, args in events}))
for function in ids, codes, sleeps:
    function(3000)
    events.clear()
    listening = True
    function(200)
    listening = False
    print(function.__name__, len(events))
refused = "builtins.id"
count = 0
for _ in range(3000):
    try:
        calls["id"]()
    except Refused:
        count += 1
refused = None
print(count)

print("-- tracing")
traced = []


class Hook:
    def __call__(self, event, args):
        pass


def trace(frame, event, arg):
    if frame.f_globals is globals():
        traced.append(frame.f_code.co_name)


audited = Hook()
sys.addaudithook(audited)
for can in None, False, True, 1:
    if can is not None:
        audited.__cantrace__ = can
    traced.clear()
    sys.settrace(trace)
    sys.audit("mine")
    sys.settrace(None)
    print(can, traced)

print("-- the last hooks")
unraised = []
sys.unraisablehook = lambda report: unraised.append(report.exc_type.__name__)


class D:
    def __del__(self):
        raise ValueError


def drop():
    D()
    gc.collect()


tell("unraisable", drop, hide=["sys.unraisablehook"])
print(unraised)


def adding(event, args):
    global added
    if event == "mine" and not added:
        added = True
        sys.addaudithook(lambda event, args: print("heard", event))


added = False
sys.addaudithook(adding)
sys.audit("mine")
