"""Processes that are used like threads.

The names of this package are the methods of its default context. A JVM can't be forked, so
'spawn' is the default start method, and 'forkserver' does the same: it promises a child that has
nothing of its parent but what it is given, which a new process is, too; only the preloading of
modules is left out. The fork context is there for its locks alone (those that ask for it to find
out whether semaphores work need no process).
"""

import sys

from . import context, process


def _refused(method):
    raise ValueError(f'{method} start method not available')


context.DefaultContext.get_all_start_methods = lambda self: ['spawn', 'forkserver']
context.ForkProcess._Popen = staticmethod(lambda process_obj: _refused('fork'))
context.ForkServerProcess._Popen = staticmethod(context.SpawnProcess._Popen)
context._default_context._default_context = context._concrete_contexts['spawn']


_SECONDS_WITHOUT_PARENT = 5


def _end_with_parent(sentinel):
    """Ends a child some seconds after its parent, however that ended: a pool's workers wait on a
    queue that they could write to themselves, and would wait for ever. The time is for those that
    look after their parent themselves."""
    import os
    import select
    import time

    poll = select.poll()
    poll.register(sentinel, select.POLLIN)
    poll.poll()
    time.sleep(_SECONDS_WITHOUT_PARENT)
    os._exit(1)


def _bootstrap(self, parent_sentinel=None):
    if parent_sentinel is not None:
        import _thread

        _thread.start_new_thread(_end_with_parent, (parent_sentinel,))
    return _run(self, parent_sentinel)


_run = process.BaseProcess._bootstrap
process.BaseProcess._bootstrap = _bootstrap

__all__ = [name for name in dir(context._default_context) if not name.startswith('_')]
globals().update((name, getattr(context._default_context, name)) for name in __all__)

# Levels of the package's logger.
SUBDEBUG = 5
SUBWARNING = 25

# A child calls its parent's main module __mp_main__; what is pickled by that name is found here.
if '__main__' in sys.modules:
    sys.modules['__mp_main__'] = sys.modules['__main__']
