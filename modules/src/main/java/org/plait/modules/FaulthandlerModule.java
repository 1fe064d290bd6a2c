package org.plait.modules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
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
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/**
 * {@code faulthandler}. Faults in machine code belong to the JVM, which prints a report of its own;
 * {@code enable} is for the fatal signals that the program sends to itself and for SIGABRT. A read
 * of a null pointer can't be had.
 */
@PyModuleDef(name = "faulthandler", doc = "faulthandler module.")
public final class FaulthandlerModule implements NativeModule {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  /** The JVM tells nobody about the machine's stack. */
  private static final String C_STACK =
      "Current thread's C stack trace (most recent call first):\n"
          + "  <cannot get C stack on this system>\n";

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

  @PyFunction(
      sig = "(file=NULL, all_threads=True, c_stack=True)",
      doc = "Has a fatal signal write the stacks to a file before the process ends.")
  static void enable(@Nullable PyObject file, boolean allThreads, boolean cStack) {
    int fd = descriptor(file);
    Scheduler scheduler = PlaitThread.current().scheduler();
    enabled = true;
    Signals.setFatalObserver(n -> fatal(scheduler, n, fd, allThreads, cStack));
  }

  @PyFunction(sig = "()", doc = "Disable the fault handler.")
  static boolean disable() {
    boolean was = enabled;
    enabled = false;
    Signals.setFatalObserver(null);
    return was;
  }

  // Compare CPython faulthandler_fatal_error in faulthandler.c.
  private static void fatal(
      Scheduler scheduler, int signal, int fd, boolean allThreads, boolean cStack) {
    PlaitThread main = scheduler.mainThread();
    PlaitThread current = PlaitThread.currentOrNull();
    if (current == null) {
      current = main;
    }
    StringBuilder out = new StringBuilder("Fatal Python error: ").append(cause(signal));
    out.append("\n\n");
    if (allThreads && scheduler.isExclusive()) {
      out.append(ThreadDump.all(scheduler, current));
    } else {
      if (allThreads) {
        out.append("<Cannot show all threads while the GIL is disabled>\n");
      }
      if (current != null && current.attachment instanceof ThreadState state) {
        out.append(ThreadDump.one(state));
      }
    }
    if (cStack) {
      out.append('\n').append(C_STACK);
    }
    if (main != null && main.attachment instanceof ThreadState state) {
      out.append(extensionModules(state));
    }
    ThreadDump.write(fd, out.toString());
  }

  private static String cause(int signal) {
    return switch (signal) {
      case Signals.SIGSEGV -> "Segmentation fault";
      case Signals.SIGBUS -> "Bus error";
      case Signals.SIGFPE -> "Floating-point exception";
      case Signals.SIGILL -> "Illegal instruction";
      default -> "Aborted";
    };
  }

  /** The native modules that are loaded and no part of the standard library. */
  private static String extensionModules(ThreadState state) {
    List<String> names = new ArrayList<>();
    PyObject library = state.interpreter.sys("stdlib_module_names");
    if (library instanceof PyFrozenSet known
        && state.interpreter.sys("builtin_module_names") instanceof PyTuple natives) {
      for (int i = 0; i < natives.size(); i++) {
        PyObject name = natives.get(i);
        if (state.interpreter.modules.getStr(name.toString()) != null && !known.contains(name)) {
          names.add(name.toString());
        }
      }
    }
    return names.isEmpty()
        ? ""
        : "\nExtension modules: " + String.join(", ", names) + " (total: " + names.size() + ")\n";
  }

  // ---- ending by a signal

  @PyFunction(
      name = "_sigsegv",
      sig = "(release_gil=False, /)",
      doc = "Ends the process by SIGSEGV.")
  static void sigsegv(boolean releaseGil) {
    Signals.raise(Signals.SIGSEGV);
  }

  @PyFunction(name = "_sigfpe", sig = "()", doc = "Ends the process by SIGFPE.")
  static void sigfpe() {
    Signals.raise(Signals.SIGFPE);
  }

  @PyFunction(name = "_sigabrt", sig = "()", doc = "Ends the process by SIGABRT.")
  static void sigabrt() {
    Signals.abort();
  }

  @PyFunction(
      name = "_stack_overflow",
      sig = "()",
      doc = "Would overflow the stack; the JVM makes an exception of that, so it only says so.")
  static void stackOverflow() {
    throw Errors.runtimeError("unable to raise a stack overflow: the JVM guards its stacks");
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

  @PyFunction(
      name = "dump_c_stack",
      sig = "(file=NULL)",
      doc = "Writes what is known of the C stack of this thread to a file.")
  static void dumpCStack(@Nullable PyObject file) {
    ThreadDump.write(descriptor(file), C_STACK);
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
