"""Everything that threads wait for: no wake-up is lost, time-outs are kept, signals get through.

Each kind of wait is one object with a way to let one thread through and a way to get through. A
wake-up that is lost shows as a thread that never ends.
"""

import faulthandler
import gc
import queue
import random
import signal
import sys
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 12
CLOSE = 0.002  # how late a wait may end, at least once in a number of tries
TRIES = 60


class OfLock:
    """Taken at first; to let through is to release."""

    def __init__(self):
        self.lock = threading.Lock()
        self.lock.acquire()

    def let(self):
        # A Lock holds one permit: whoever is to be let through next waits until it was used.
        while True:
            try:
                self.lock.release()
                return
            except RuntimeError:
                time.sleep(0)

    def pass_(self, timeout):
        return self.lock.acquire(timeout=timeout)


class OfRLock:
    """Guards a count; whoever finds none leaves the lock and comes again."""

    def __init__(self):
        self.lock = threading.RLock()
        self.count = 0

    def let(self):
        with self.lock, self.lock:
            self.count += 1

    def pass_(self, timeout):
        end = time.monotonic() + timeout if timeout >= 0 else float("inf")
        while True:
            if not self.lock.acquire(timeout=max(0, min(end - time.monotonic(), 1000))):
                return False
            with self.lock:
                self.lock.release()
                if self.count:
                    self.count -= 1
                    return True
            if time.monotonic() >= end:
                return False
            time.sleep(0.0002)


class OfCondition:
    def __init__(self):
        self.condition = threading.Condition()
        self.count = 0

    def let(self):
        with self.condition:
            self.count += 1
            self.condition.notify()

    def pass_(self, timeout):
        with self.condition:
            got = self.condition.wait_for(lambda: self.count, None if timeout < 0 else timeout)
            if got:
                self.count -= 1
            elif self.count:
                self.condition.notify()
        return bool(got)


class OfSemaphore:
    def __init__(self):
        self.semaphore = threading.Semaphore(0)

    def let(self):
        self.semaphore.release()

    def pass_(self, timeout):
        return self.semaphore.acquire(timeout=None if timeout < 0 else timeout)


class OfEvent:
    """A count, and an event that is set while it is positive."""

    def __init__(self):
        self.event = threading.Event()
        self.guard = threading.Lock()
        self.count = 0

    def let(self):
        with self.guard:
            self.count += 1
            self.event.set()

    def pass_(self, timeout):
        end = time.monotonic() + timeout if timeout >= 0 else float("inf")
        while True:
            left = end - time.monotonic()
            if not self.event.wait(None if left == float("inf") else max(0, left)):
                return False
            with self.guard:
                if self.count:
                    self.count -= 1
                    if not self.count:
                        self.event.clear()
                    return True


class OfQueue:
    make = queue.Queue

    def __init__(self):
        self.queue = self.make()

    def let(self):
        self.queue.put(1)

    def pass_(self, timeout):
        try:
            return self.queue.get(timeout=None if timeout < 0 else timeout) == 1
        except queue.Empty:
            return False


class OfLifoQueue(OfQueue):
    make = queue.LifoQueue


class OfPriorityQueue(OfQueue):
    make = queue.PriorityQueue


class OfSimpleQueue(OfQueue):
    make = queue.SimpleQueue


class OfFullQueue:
    """Waits for room in a full queue."""

    def __init__(self):
        self.queue = queue.Queue(1)
        self.queue.put(1)

    def let(self):
        self.queue.get()

    def pass_(self, timeout):
        try:
            self.queue.put(1, timeout=None if timeout < 0 else timeout)
            return True
        except queue.Full:
            return False


class OfBoundedSemaphore(OfSemaphore):
    def __init__(self):
        self.semaphore = threading.BoundedSemaphore(1 << 60)
        self.semaphore._value = 0


KINDS = [
    OfLock, OfRLock, OfCondition, OfSemaphore, OfBoundedSemaphore, OfEvent, OfQueue, OfLifoQueue,
    OfPriorityQueue, OfSimpleQueue, OfFullQueue,
]


def no_wake_up_is_lost(kind, seconds):
    """As many are let through as come through, among threads that give up now and then."""
    wait = kind()
    end = time.monotonic() + seconds
    lock = threading.Lock()
    let = passed = 0
    over = False

    def producer():
        nonlocal let
        while time.monotonic() < end:
            wait.let()
            with lock:
                let += 1
            if random.random() < 0.2:
                time.sleep(random.random() / 2000)

    def consumer(patient):
        nonlocal passed
        while not over:
            if wait.pass_(-1 if patient else random.random() / 1000):
                with lock:
                    passed += 1

    producers = [threading.Thread(target=producer) for _ in range(2)]
    consumers = [threading.Thread(target=consumer, args=(i == 0,)) for i in range(3)]
    for thread in consumers + producers:
        thread.start()
    for thread in producers:
        thread.join()
    while passed < let:
        time.sleep(0.001)
    over = True
    wait.let()  # for the patient one, unless an impatient one is faster
    while any(thread.is_alive() for thread in consumers):
        consumers[0].join(0.05)
        if consumers[0].is_alive() and passed > let:
            let += 1
            wait.let()
    assert let <= passed <= let + 1, (kind.__name__, let, passed)


def barriers(seconds):
    """All come to each barrier, whoever gives up breaks it for all, and reset mends it."""
    barrier = threading.Barrier(3)
    end = time.monotonic() + seconds
    rounds = [0, 0, 0]
    lock = threading.Lock()
    stop = False

    def party(me):
        while True:
            try:
                barrier.wait()
                rounds[me] += 1
                if me == 0 and time.monotonic() > end:
                    nonlocal stop
                    stop = True
                barrier.wait()
                if stop:
                    return
                assert max(rounds) - min(rounds) <= 1, rounds
            except threading.BrokenBarrierError:
                raise AssertionError("broken by nobody") from None

    threads = [threading.Thread(target=party, args=(me,)) for me in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(rounds)) == 1, rounds

    start = time.monotonic()
    try:
        barrier.wait(0.05)
        raise AssertionError("came through alone")
    except threading.BrokenBarrierError:
        assert time.monotonic() - start >= 0.05
    barrier.reset()
    assert not barrier.broken and barrier.n_waiting == 0


def time_outs(kind):
    """Never early, and at least once in a number of tries not much late, beside busy threads."""
    wait = kind()
    over = False

    def spin():
        while not over:
            pass

    spinners = [threading.Thread(target=spin) for _ in range(2)]
    for thread in spinners:
        thread.start()
    try:
        least = 1.0
        for i in range(TRIES):
            timeout = random.choice((0.001, 0.003, 0.01))
            start = time.monotonic()
            got = wait.pass_(timeout)
            late = time.monotonic() - start - timeout
            assert not got
            assert late >= 0, (kind.__name__, "early", late)
            least = min(least, late)
            if i > 5 and least < CLOSE:
                break
        assert least < CLOSE, (kind.__name__, "late", least)
    finally:
        over = True
        for thread in spinners:
            thread.join()


def conditions(rounds=20, count=50):
    """Many wait on one condition with time-outs that end together, others are notified."""
    for _ in range(rounds):
        condition = threading.Condition()
        results = []

        def wait(timeout):
            with condition:
                results.append(condition.wait(timeout))

        threads = [threading.Thread(target=wait, args=(random.choice((0.002, 60)),)) for _ in range(count)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            with condition:
                condition.notify(3)
            time.sleep(0.0005)
        assert len(results) == count


def shutdowns(rounds=30):
    """Whoever waits in a queue that is shut down gets what is left, or ShutDown; nobody hangs."""
    for k in range(rounds):
        for make in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
            q = make(2)
            lock = threading.Lock()
            got, put, ended = [], [], []

            def get():
                try:
                    while True:
                        item = q.get()
                        with lock:
                            got.append(item)
                except queue.ShutDown:
                    ended.append(1)

            def fill(me):
                try:
                    for item in range(me, 1000, 3):
                        q.put(item)
                        with lock:
                            put.append(item)
                except queue.ShutDown:
                    ended.append(1)

            threads = [threading.Thread(target=get) for _ in range(k % 2 * 3)]
            threads += [threading.Thread(target=fill, args=(me,)) for me in range(3)]
            for thread in threads:
                thread.start()
            time.sleep(random.random() / 500)
            q.shutdown()
            for thread in threads:
                thread.join()
            try:
                while True:
                    got.append(q.get())
            except queue.ShutDown:
                pass
            assert sorted(got) == sorted(put), (make.__name__, len(got), len(put))


def timers(count=100):
    """Each timer runs once, none early, unless it was cancelled in time."""
    ran, early = [], []

    def run(me, due):
        ran.append(me)
        if time.monotonic() < due:
            early.append(me)

    timers = []
    for me in range(count):
        delay = random.random() / 50
        timers.append(threading.Timer(delay, run, (me, time.monotonic() + delay)))
        timers[-1].start()
    cancelled = [threading.Timer(60, run, (-1, 0)) for _ in range(count)]
    for timer in cancelled:
        timer.start()
    for timer in cancelled:
        timer.cancel()
    for timer in timers + cancelled:
        timer.join()
    assert sorted(ran) == list(range(count)) and not early, (ran, early)


def locals_(count=50):
    """Each thread sees its own, made by its own call of __init__, gone with the thread."""

    class Own(threading.local):
        def __init__(self):
            self.me = threading.get_ident()

    own = Own()
    own.x = "main"
    gone = []

    class Last:
        def __del__(self):
            gone.append(1)

    def use(me):
        assert own.me == threading.get_ident() and not hasattr(own, "x")
        own.x = me
        own.last = Last()
        time.sleep(random.random() / 200)
        assert own.x == me and vars(own)["x"] == me

    threads = [threading.Thread(target=use, args=(me,)) for me in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert own.x == "main"
    end = time.monotonic() + 20
    while len(gone) < count and time.monotonic() < end:
        gc.collect()
    assert len(gone) == count


class Interrupted(Exception):
    pass


def signals(kind):
    """A handler that raises ends the wait; one that returns does not; nothing is lost by either."""
    wait = kind()

    def interrupt(number, frame):
        raise Interrupted

    calls = []
    for timeout in (-1, 30):
        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        start = time.monotonic()
        try:
            wait.pass_(timeout)
            raise AssertionError((kind.__name__, "not interrupted"))
        except Interrupted:
            assert time.monotonic() - start < 20
    signal.signal(signal.SIGALRM, lambda number, frame: calls.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    start = time.monotonic()
    assert not wait.pass_(0.05)
    assert time.monotonic() - start >= 0.05, kind.__name__
    helper = threading.Timer(0.03, wait.let)
    helper.start()
    assert wait.pass_(-1)
    signal.setitimer(signal.ITIMER_REAL, 0)
    helper.join()
    assert calls
    assert not wait.pass_(0.001)


def main():
    faulthandler.dump_traceback_later(SECONDS + 90)
    share = SECONDS / (2 * len(KINDS))
    for kind in KINDS:
        no_wake_up_is_lost(kind, share)
        time_outs(kind)
        signals(kind)
    barriers(share)
    conditions()
    shutdowns()
    timers()
    locals_()
    faulthandler.cancel_dump_traceback_later()
    print("ok")


main()
