"""Names of semaphores and shared memory, told to a process that removes what is left of them.

The process starts with the first such name and ends when nobody can write to its pipe any more:
neither the process that started it nor those that this one started. It runs no Python: the
launcher's --track-resources does the work, and says how the lines look that it reads.
"""

import os
import signal
import threading
import warnings
from collections import deque

import _multiprocessing
import _posixshmem

from . import spawn, util

__all__ = ['ensure_running', 'register', 'unregister']

_MAX_LINE = 512  # what a pipe takes in one piece
_MAX_NAME = 255

_IGNORED = (signal.SIGINT, signal.SIGTERM)


def _never(name):
    raise RuntimeError('noop should never be registered or cleaned up')


# How a resource of each type is removed.
_CLEANUP_FUNCS = {
    'noop': _never,
    'dummy': lambda name: None,
    'semaphore': _multiprocessing.sem_unlink,
    'shared_memory': _posixshmem.shm_unlink,
}


class ReentrantCallError(RuntimeError):
    pass


class ResourceTracker:
    """What a process knows of its tracker: a pipe to it, and its id where it started it itself.

    A signal handler may come in while the lock is held, and want to tell something itself: that is
    put off until the lock is free.
    """

    def __init__(self):
        self._lock = threading.RLock()
        self._fd = None
        self._pid = None
        self._exitcode = None
        self._put_off = deque()
        # Whether names are sent as they stand where that is possible.
        self._use_simple_format = True

    def __del__(self):
        self._end()

    def _stop(self):
        # What nobody can reach any more is no leak, though the collector hasn't found it yet.
        import gc

        if self._pid is not None:
            gc.collect()
        self._end()

    def _end(self):
        with self._lock:
            self._refuse_reentry()
            if self._fd is None or self._pid is None:
                return
            os.close(self._fd)
            self._fd = None
            self._exitcode = self._reap()

    def _refuse_reentry(self):
        if self._lock._recursion_count() > 1:
            raise ReentrantCallError(
                'Reentrant call into the multiprocessing resource tracker')

    def _reap(self):
        pid, self._pid = self._pid, None
        if pid is None:
            return None
        try:
            status = os.waitpid(pid, 0)[1]
        except ChildProcessError:
            return None
        return os.waitstatus_to_exitcode(status)

    def getfd(self):
        self.ensure_running()
        return self._fd

    def ensure_running(self):
        with self._lock:
            self._refuse_reentry()
            self._tell(b'PROBE:noop:\n')

    def _check_alive(self):
        try:
            os.write(self._fd, b'PROBE:noop:\n')
        except OSError:
            return False
        return True

    def _tell(self, line):
        """Sends a line, to a new tracker if there is none; the lock is held."""
        if self._fd is not None:
            try:
                os.write(self._fd, line)
                return
            except OSError:
                os.close(self._fd)
                self._fd = None
                self._reap()
                self._exitcode = None
                warnings.warn('resource_tracker: process died unexpectedly, '
                              'relaunching.  Some resources might leak.')
        self._launch()
        os.write(self._fd, line)

    def _launch(self):
        reader, writer = os.pipe()
        try:
            executable = spawn.get_executable()
            command = [executable, '--track-resources', str(reader)]
            # The launcher ignores them; until it is there, they wait.
            blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _IGNORED)
            try:
                self._pid = util.spawnv_passfds(executable, command, [reader])
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            self._fd = writer
        except BaseException:
            os.close(writer)
            raise
        finally:
            os.close(reader)

    def register(self, name, rtype):
        """Has a resource removed when all processes have ended."""
        self._send('REGISTER', name, rtype)

    def unregister(self, name, rtype):
        """Takes that back: the resource has been removed."""
        self._send('UNREGISTER', name, rtype)

    def _send(self, command, name, rtype):
        self._put_off.append(self._line(command, name, rtype))
        with self._lock:
            if self._lock._recursion_count() > 1:
                return
            while self._put_off:
                self._tell(self._put_off[0])
                self._put_off.popleft()

    def _line(self, command, name, rtype):
        plain = name.isascii() and name.isprintable() and not name.startswith('=')
        if plain and self._use_simple_format:
            sent = name.encode('ascii')
        else:
            import binascii

            raw = name.encode('utf-8', 'surrogateescape')
            if len(raw) > _MAX_NAME:
                raise ValueError(f'shared memory name too long (max {_MAX_NAME} bytes)')
            sent = b'=' + binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE)
        line = b'%b:%b:%b\n' % (command.encode('ascii'), rtype.encode('ascii'), sent)
        if len(line) > _MAX_LINE:
            raise ValueError('msg too long')
        return line


_URL_SAFE = bytes.maketrans(b'+/', b'-_')

_resource_tracker = ResourceTracker()
ensure_running = _resource_tracker.ensure_running
register = _resource_tracker.register
unregister = _resource_tracker.unregister
getfd = _resource_tracker.getfd
