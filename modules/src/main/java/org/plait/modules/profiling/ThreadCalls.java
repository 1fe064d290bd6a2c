package org.plait.modules.profiling;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * The calls of one thread: those that run now, innermost first, and sums of those that are over.
 * Its own thread changes it, others read it or end its calls, all under its monitor.
 */
final class ThreadCalls {
  /** Sums of the calls of one function, or of one function by another; times in clock units. */
  static class Sums {
    final PyObject shown;
    long calls;
    long recursiveCalls;

    /** With what it called; of recursive calls only the outermost. */
    long total;

    /** Without what it called. */
    long own;

    private int depth;

    Sums(PyObject shown) {
      this.shown = shown;
    }

    final void add(Sums other) {
      calls += other.calls;
      recursiveCalls += other.recursiveCalls;
      total += other.total;
      own += other.own;
    }

    final void begin() {
      depth++;
    }

    final void end(long whole, long inside) {
      if (--depth == 0) {
        total += whole;
      } else {
        recursiveCalls++;
      }
      own += inside;
      calls++;
    }
  }

  /** A function and, if wanted, what it calls, by key. */
  static final class Function extends Sums {
    final Map<Object, Sums> callees = new IdentityHashMap<>();

    Function(PyObject shown) {
      super(shown);
    }
  }

  /** A call that is not over. */
  private static final class Call {
    final Function function;
    final @Nullable Call caller;
    final @Nullable Sums byCaller;
    long start;
    long inCallees;

    Call(Function function, @Nullable Call caller, @Nullable Sums byCaller) {
      this.function = function;
      this.caller = caller;
      this.byCaller = byCaller;
    }
  }

  /** By code object or native definition. */
  private final Map<Object, Function> functions = new IdentityHashMap<>();

  private @Nullable Call current;

  synchronized boolean knows(Object key) {
    return functions.containsKey(key);
  }

  synchronized void introduce(Object key, PyObject shown) {
    functions.putIfAbsent(key, new Function(shown));
  }

  /** A known function is called; {@link #started} follows at once. */
  synchronized void enter(Object key, boolean subcalls) {
    Function f = functions.get(key);
    if (f == null) {
      return; // cleared by another thread meanwhile
    }
    f.begin();
    Call caller = current;
    Sums by = null;
    if (subcalls && caller != null) {
      by = caller.function.callees.computeIfAbsent(key, k -> new Sums(f.shown));
      by.begin();
    }
    current = new Call(f, caller, by);
  }

  synchronized void started(long now) {
    if (current != null) {
      current.start = now;
    }
  }

  /** A call ends; of a function that nobody saw begin nothing is known. */
  synchronized void leave(Object key, long now) {
    Call call = current;
    if (call == null) {
      return;
    }
    if (functions.containsKey(key)) {
      end(call, now);
    } else {
      current = call.caller;
    }
  }

  /** Ends all calls. */
  synchronized void leaveAll(long now) {
    for (Call call = current; call != null; call = current) {
      end(call, now);
    }
  }

  private void end(Call call, long now) {
    long whole = now - call.start;
    long inside = whole - call.inCallees;
    if (call.caller != null) {
      call.caller.inCallees += whole;
    }
    current = call.caller;
    call.function.end(whole, inside);
    if (call.byCaller != null) {
      call.byCaller.end(whole, inside);
    }
  }

  synchronized void clear() {
    functions.clear();
    current = null;
  }

  /** Adds the sums to those of other threads. */
  synchronized void addTo(Map<Object, Function> all) {
    functions.forEach(
        (key, f) -> {
          Function sum = all.computeIfAbsent(key, k -> new Function(f.shown));
          sum.add(f);
          f.callees.forEach(
              (callee, s) -> sum.callees.computeIfAbsent(callee, k -> new Sums(s.shown)).add(s));
        });
  }
}
