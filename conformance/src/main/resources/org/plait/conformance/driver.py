"""Runs one test module of CPython under this interpreter and writes what happens, as it happens.

usage: driver.py EVENTS DONE MODULE

EVENTS is a file to which one line is appended per event, its fields separated by tabs, with
backslash escapes for backslash, tab, newline and carriage return:

    plan   ID...             the tests that this process will run, in order
    start  ID
    stop   ID STATE SECONDS REASON DETAIL    STATE is pass, fail, skip
    fixture NAME REASON DETAIL               setUpClass, setUpModule and their kin failed
    import REASON DETAIL                     the module can't be loaded
    modskip REASON                           the module raised SkipTest while it was loaded
    note   TEXT                              something about the set-up that is worth knowing
    end                                      all is done; the process is about to leave

The file is opened for each event: no descriptor stays open that a test could close, inherit or
count. DONE is a file with the ids not to run (again), one a line.

A doctest is a test per example: ID is then that of the doctest, a colon and the example's number.

It asks as little as possible of the interpreter: what a test needs is the test's own business.
"""

import os
import sys
import time
import unittest

_open, _write, _close = os.open, os.write, os.close
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_clock = time.monotonic
_PID = os.getpid()

# What costs neither much time nor a display or a large disk; "network" is also asked for by tests
# that only talk to this machine.
RESOURCES = {name: None for name in ("decimal", "network", "subprocess", "walltime")}

REASON_LIMIT = 200
DETAIL_LIMIT = 6000


def escape(text):
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text.replace("\r", "\\r")


def identity(test):
    """test_int.IntTestCases.test_basic"""
    name = test.id()
    if name.startswith("test."):
        name = name[5:]
    return " ".join(name.split())


def one_line(text, limit):
    text = " ".join(str(text).split())
    return text if len(text) <= limit else text[: limit - 3] + "..."


def reason_of(error):
    kind, value, _ = error
    try:
        message = str(value)
    except BaseException:
        message = "<str() of the exception failed>"
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = kind.__module__ + "." + name
    # The first line says it; what follows is unittest's diff.
    first = message.strip().split("\n", 1)[0] if message.strip() else ""
    return one_line(name + ": " + first if first else name, REASON_LIMIT)


def detail_of(error):
    try:
        import traceback

        text = "".join(traceback.format_exception(*error))
    except BaseException as failure:
        text = "no traceback: " + repr(failure)
    return text if len(text) <= DETAIL_LIMIT else "..." + text[-DETAIL_LIMIT:]


class Events:
    def __init__(self, path):
        self.path = path

    def emit(self, *fields):
        if os.getpid() != _PID:
            return  # a child that a test forked
        line = "\t".join([escape(field) for field in fields]) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        fd = _open(self.path, _FLAGS, 0o644)
        try:
            while data:
                data = data[_write(fd, data) :]
        finally:
            _close(fd)


class RecordingResult(unittest.TestResult):
    def __init__(self, events):
        super().__init__()
        self.events = events
        self.running = False
        self.state = None

    def startTest(self, test):
        super().startTest(test)
        self.running = True
        self.examples = 0
        self.state = None
        self.reason = self.detail = ""
        self.began = _clock()
        self.name = identity(test)
        self.events.emit("start", self.name)

    def stopTest(self, test):
        super().stopTest(test)
        if not self.examples:
            seconds = _clock() - self.began
            if self.state is None:
                self.settle("fail", "the test ended without a result")
            self.stop(self.name, seconds, self.state, self.reason, self.detail)
        self.running = False

    def stop(self, name, seconds, state, reason="", detail=""):
        self.events.emit("stop", name, state, f"{seconds:.3f}", reason, detail)

    def start_example(self, name):
        self.examples += 1
        self.example_began = _clock()
        self.events.emit("start", name)

    def stop_example(self, name, state, reason="", detail=""):
        self.stop(name, _clock() - self.example_began, state, reason, detail)

    def settle(self, state, reason="", detail=""):
        # A failure beats everything, the first one counts; a skip beats a pass.
        if self.state == "fail" or (self.state == "skip" and state == "pass"):
            return
        self.state, self.reason, self.detail = state, reason, detail

    def failed(self, test, error):
        if self.running:
            self.settle("fail", reason_of(error), detail_of(error))
        else:
            self.outside(test, reason_of(error), detail_of(error))

    def outside(self, test, reason, detail=""):
        """setUpClass, setUpModule or their kin failed or skipped: no test is running."""
        self.events.emit("fixture", " ".join(test.id().split()), reason, detail)

    # The lists of the base class would keep every traceback alive: nothing is added to them.

    def addSuccess(self, test):
        self.settle("pass")

    def addError(self, test, err):
        self.failed(test, err)

    def addFailure(self, test, err):
        self.failed(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.settle("fail", reason_of(err), detail_of(err))

    def addSkip(self, test, reason):
        if self.running:
            self.settle("skip", one_line(reason, REASON_LIMIT))
        else:
            self.outside(test, "skip: " + one_line(reason, REASON_LIMIT))

    def addExpectedFailure(self, test, err):
        self.settle("pass")

    def addUnexpectedSuccess(self, test):
        self.settle("fail", "unexpected success")

    def addDuration(self, test, elapsed):
        pass

    def wasSuccessful(self):
        return True


def heed_interrupts():
    """A shell's background jobs ignore SIGINT; the tests want what a terminal's program has."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def test_details_of_cpython(support):
    """Tests marked as being about CPython's own details are run here, too.

    Plait means to share most of these details; which ones it does not the ledger says.
    """

    def check_impl_detail(**guards):
        guards, default = support._parse_guards(guards)
        return guards.get("cpython", default)

    support.check_impl_detail = check_impl_detail


def tests_of_the_gil_build(support):
    """Tests that CPython leaves out of its builds without a GIL are run here, too.

    The oracle, a build with one, runs them, and what they test (signals) Plait has.
    """
    support.requires_gil_enabled = lambda msg="": lambda test: test


def tests_that_only_seem_to_fork(module, support):
    """test_select asks for fork, for a child that it starts by way of subprocess."""
    if module == "test_select":
        support.requires_fork = lambda: lambda test: test


def set_up(events, module):
    """What regrtest's worker sets up; a part that does not work is noted, and left out."""
    from test import support

    test_details_of_cpython(support)
    tests_of_the_gil_build(support)
    tests_that_only_seem_to_fork(module, support)
    try:
        heed_interrupts()
    except Exception:
        events.emit("note", "SIGINT can't be set: " + reason_of(sys.exc_info()))

    try:
        from test.libregrtest.runtests import RunTests
        from test.libregrtest.setup import setup_process, setup_tests

        setup_process()
        setup_tests(
            RunTests(
                tests=(),
                fail_fast=False,
                fail_env_changed=False,
                match_tests=[],
                match_tests_dict=None,
                rerun=False,
                forever=False,
                pgo=False,
                pgo_extended=False,
                output_on_failure=False,
                timeout=None,
                verbose=0,
                quiet=True,
                hunt_refleak=None,
                test_dir=None,
                use_junit=False,
                coverage=False,
                memory_limit=None,
                gc_threshold=None,
                use_resources=RESOURCES,
                python_cmd=None,
                randomize=False,
                random_seed=20260101,
                parallel_threads=None,
            )
        )
    except Exception:
        error = sys.exc_info()
        events.emit("note", "regrtest's set-up failed: " + reason_of(error) + "\n" + detail_of(error))
        support.use_resources = RESOURCES
        support.verbose = 0


def count_examples(doctest, result):
    """Has each example of a doctest recorded as a test of its own."""

    def name_of(test, example):
        number = [other is example for other in test.examples].index(True) + 1
        return f"{result.name}:{number}"

    class Runner(doctest.DocTestRunner):
        def report_start(self, out, test, example):
            result.start_example(name_of(test, example))

        def report_success(self, out, test, example, got):
            result.stop_example(name_of(test, example), "pass")

        def report_failure(self, out, test, example, got):
            super().report_failure(out, test, example, got)
            reason = one_line(f"wanted {example.want.strip()!r}, got {got.strip()!r}", REASON_LIMIT)
            detail = f"{example.source}\nwanted:\n{example.want}\ngot:\n{got}"
            result.stop_example(name_of(test, example), "fail", reason, detail)

        def report_unexpected_exception(self, out, test, example, exc_info):
            super().report_unexpected_exception(out, test, example, exc_info)
            reason, detail = reason_of(exc_info), detail_of(exc_info)
            result.stop_example(name_of(test, example), "fail", reason, detail)

    doctest.DocTestRunner = Runner


def tests_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_of(test)
        else:
            yield test


def drop(suite, done):
    done = done | {name.rpartition(":")[0] for name in done}
    kept = []
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            drop(test, done)
            kept.append(test)
        elif identity(test) not in done:
            kept.append(test)
    suite._tests = kept


def main():
    events_path, done_path, module = sys.argv[1:4]
    sys.argv[1:] = []
    sys.path[0] = os.getcwd()  # as `python -m test` has it
    events = Events(events_path)
    with open(done_path, encoding="utf-8") as file:
        done = {line.rstrip("\n") for line in file}
    try:
        set_up(events, module)
        imported = __import__("test." + module, fromlist=["*"])
        loader = unittest.TestLoader()
        suite = loader.loadTestsFromModule(imported)
        if loader.errors:
            events.emit("import", one_line(loader.errors[0].strip().split("\n")[-1], REASON_LIMIT),
                        "\n".join(loader.errors)[-DETAIL_LIMIT:])
            return
    except unittest.SkipTest as skip:
        events.emit("modskip", one_line(skip, REASON_LIMIT))
        events.emit("end")
        return
    except BaseException:
        error = sys.exc_info()
        events.emit("import", reason_of(error), detail_of(error))
        return
    drop(suite, done)
    events.emit("plan", *[identity(test) for test in tests_of(suite)])
    result = RecordingResult(events)
    if "doctest" in sys.modules:
        count_examples(sys.modules["doctest"], result)
    suite.run(result)
    try:
        from test import support

        support.gc_collect()
        support.reap_children()
    except Exception:
        events.emit("note", "cleaning up failed: " + reason_of(sys.exc_info()))
    events.emit("end")


if __name__ == "__main__":
    main()
