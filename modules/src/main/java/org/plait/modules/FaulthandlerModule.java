package org.plait.modules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.signal.Signals;
import org.plait.modules.debugging.ThreadDump;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.SignalModule;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/**
 * {@code faulthandler}. Fatal signals belong to the JVM, which prints a report of its own; {@code
 * enable} only notes that a report is wanted. Functions that crash the process are not here.
 */
@PyModuleDef(name = "faulthandler", doc = "faulthandler module.")
public final class FaulthandlerModule implements NativeModule {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  private static volatile boolean enabled;

  /** Opened to cancel the dump that is due. */
  private static final AtomicReference<@Nullable Latch> LATER = new AtomicReference<>();

  private record Registration(Signals.Action before) {}

  private static final AtomicReferenceArray<@Nullable Registration> REGISTERED =
      new AtomicReferenceArray<>(Signals.NSIG);

  @Override
  public NativeTable table() {
    return new FaulthandlerModuleTable(this);
  }

  /** The descriptor of the file argument, which is flushed. */
  private static int descriptor(@Nullable PyObject given) {
    PyObject file = given;
    if (file == null || file == Py.None) {
      file = ThreadState.current().interpreter.sys("stderr");
      if (file == null) {
        throw Errors.runtimeError("unable to get sys.stderr");
      }
      if (file == Py.None) {
        throw Errors.runtimeError("sys.stderr is None");
      }
    } else if (file instanceof PyInt n) {
      int fd = intOf(n);
      if (fd < 0) {
        throw Errors.valueError("file is not a valid file descriptor");
      }
      return fd;
    }
    PyObject number = PyCalls.callMethod(file, "fileno");
    int fd = number instanceof PyInt n && n.isLong() ? (int) n.longValue() : -1;
    if (fd < 0) {
      throw Errors.runtimeError("file.fileno() is not a valid file descriptor");
    }
    try {
      PyCalls.callMethod(file, "flush");
    } catch (PyException e) {
      if (!e.matches(Exceptions.Exception)) {
        throw e;
      }
    }
    return fd;
  }

  private static int intOf(PyInt n) {
    if (!n.isInt()) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    return (int) n.longValue();
  }

  @PyFunction(sig = "(file=NULL, all_threads=True)", doc = "Enable the fault handler.")
  static void enable(@Nullable PyObject file, boolean allThreads) {
    descriptor(file);
    enabled = true;
  }

  @PyFunction(sig = "()", doc = "Disable the fault handler.")
  static boolean disable() {
    boolean was = enabled;
    enabled = false;
    return was;
  }

  @PyFunction(name = "is_enabled", sig = "()", doc = "Check if the handler is enabled.")
  static boolean isEnabled() {
    return enabled;
  }

  @PyFunction(
      name = "dump_traceback",
      sig = "(file=NULL, all_threads=True)",
      doc = "Writes the stack of this thread, or of all of them, to a file.")
  static void dumpTraceback(@Nullable PyObject file, boolean allThreads) {
    int fd = descriptor(file);
    PlaitThread me = PlaitThread.current();
    ThreadDump.write(
        fd,
        allThreads ? ThreadDump.all(me.scheduler(), me) : ThreadDump.one(ThreadState.current()));
  }

  // ---- dump_traceback_later

  @PyFunction(
      name = "dump_traceback_later",
      sig = "(timeout, repeat=False, file=NULL, exit=False)",
      doc =
          "Writes the stacks of all threads after a time, or again and again with "
              + "repeat; with\n"
              + "exit the process then ends at once.")
  static void dumpTracebackLater(
      PyObject timeout, boolean repeat, @Nullable PyObject file, boolean exit) {
    long nanos = nanos(timeout);
    if (nanos <= 0) {
      throw Errors.valueError("timeout must be greater than 0");
    }
    int fd = descriptor(file);
    Latch cancel = new Latch();
    replaceLater(cancel);
    String header = "Timeout (" + clock(nanos / 1000) + ")!\n";
    Scheduler scheduler = PlaitThread.current().scheduler();
    PlaitThread.start(
        () -> watch(scheduler, cancel, nanos, repeat, fd, header, exit), null, true, 0, null);
  }

  private static void watch(
      Scheduler scheduler,
      Latch cancel,
      long nanos,
      boolean repeat,
      int fd,
      String header,
      boolean exit) {
    do {
      long deadline = Clock.deadline(nanos);
      Outcome outcome = cancel.await(deadline);
      while (outcome != Outcome.TIMED_OUT && !cancel.isOpen()) {
        outcome = cancel.await(deadline);
      }
      if (cancel.isOpen()) {
        return;
      }
      ThreadDump.write(fd, header + ThreadDump.all(scheduler, null));
      if (exit) {
        Runtime.getRuntime().halt(1);
      }
    } while (repeat);
    LATER.compareAndSet(cancel, null);
  }

  private static void replaceLater(@Nullable Latch next) {
    Latch old = LATER.getAndSet(next);
    if (old != null) {
      old.open();
    }
  }

  @PyFunction(
      name = "cancel_dump_traceback_later",
      sig = "()",
      doc = "Cancel the previous call to dump_traceback_later().")
  static void cancelDumpTracebackLater() {
    replaceLater(null);
  }

  private static long nanos(PyObject timeout) {
    BigInteger n;
    if (timeout instanceof PyFloat f) {
      if (Double.isNaN(f.value())) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      if (Double.isInfinite(f.value())) {
        throw tooLarge();
      }
      n =
          new BigDecimal(f.value())
              .multiply(NANOS)
              .setScale(0, RoundingMode.CEILING)
              .toBigInteger();
    } else if (!PyNumbers.isIndex(timeout)) {
      throw Errors.typeError(
          "'" + timeout.type().name() + "' object cannot be interpreted as an integer or float");
    } else {
      n = PyNumbers.index(timeout).bigValue().multiply(NANOS.toBigInteger());
    }
    if (n.bitLength() > 63) {
      throw tooLarge();
    }
    return n.longValue();
  }

  private static PyException tooLarge() {
    return Errors.overflowError("timestamp out of range for platform time_t");
  }

  /** H:MM:SS[.ffffff]. */
  private static String clock(long micros) {
    long seconds = micros / 1_000_000;
    String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
    return seconds / 3600
        + ":"
        + Long.toString(100 + seconds / 60 % 60).substring(1)
        + ":"
        + Long.toString(100 + seconds % 60).substring(1)
        + (micros % 1_000_000 == 0 ? "" : "." + fraction);
  }

  // ---- signals

  private static void checkSignal(int signal) {
    switch (signal) {
      case Signals.SIGSEGV, Signals.SIGFPE, Signals.SIGBUS, Signals.SIGILL, 6 ->
          throw Errors.runtimeError(
              "signal " + signal + " cannot be registered, use enable() instead");
      default -> {}
    }
    if (signal < 1 || signal >= Signals.NSIG) {
      throw Errors.valueError("signal number out of range");
    }
  }

  @PyFunction(
      sig = "(signum, file=NULL, all_threads=True, chain=False)",
      doc =
          "Has a signal write the stack of the thread it finds, or of all threads, to " + "a file.")
  static void register(int signum, @Nullable PyObject file, boolean allThreads, boolean chain) {
    checkSignal(signum);
    int fd = descriptor(file);
    Scheduler scheduler = PlaitThread.current().scheduler();
    try {
      Signals.Action before = Signals.get(signum);
      SignalModule.observe(
          signum,
          n -> {
            PlaitThread main = scheduler.mainThread();
            if (allThreads) {
              ThreadDump.write(fd, ThreadDump.all(scheduler, main));
            } else if (main != null && main.attachment instanceof ThreadState state) {
              ThreadDump.write(fd, ThreadDump.one(state));
            }
            Registration r = REGISTERED.get(n);
            if (chain && r != null && r.before == Signals.Action.DEFAULT) {
              chainToDefault(n);
            }
            return chain;
          });
      if (REGISTERED.get(signum) == null) {
        Signals.set(signum, Signals.Action.CAUGHT);
        REGISTERED.set(signum, new Registration(before));
      }
    } catch (HostException e) {
      throw Errors.osError(e.errno(), e.text());
    }
  }

  /** The default action of a signal is the one to come after the dump. */
  private static void chainToDefault(int signum) {
    switch (signum) {
      case Signals.SIGCHLD, Signals.SIGCONT, Signals.SIGURG, Signals.SIGWINCH -> {}
      default -> Signals.dieBy(signum);
    }
  }

  @PyFunction(sig = "(signum, /)", doc = "Undoes register() for a signal.")
  static boolean unregister(int signum) {
    checkSignal(signum);
    Registration r = REGISTERED.getAndSet(signum, null);
    if (r == null) {
      return false;
    }
    SignalModule.observe(signum, null);
    try {
      Signals.set(signum, r.before);
    } catch (HostException e) {
      throw Errors.osError(e.errno(), e.text());
    }
    return true;
  }
}
