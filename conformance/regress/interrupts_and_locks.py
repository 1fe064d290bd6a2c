"""Who is interrupted by what another thread does after it has released a lock gets the lock first."""

import _thread


def taken_first():
    lock = _thread.allocate_lock()
    lock.acquire()
    waits = _thread.allocate_lock()
    waits.acquire()

    def release():
        waits.acquire()
        lock.release()
        _thread.interrupt_main()

    held = None
    handle = _thread.start_joinable_thread(release)
    try:
        try:
            waits.release()
            lock.acquire()
        finally:
            held = lock.locked()
            handle.join()
    except KeyboardInterrupt as e:
        if e.__traceback__.tb_lineno == BEFORE:
            # It came before this thread began to wait.
            return True
    return held


BEFORE = next(
    line
    for line, text in enumerate(open(__file__), 1)
    if text.strip() == "waits.release()"
)


# Often enough to be compiled.
print({taken_first() for _ in range(1000)})
