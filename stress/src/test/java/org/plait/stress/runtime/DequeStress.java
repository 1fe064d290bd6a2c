package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.plait.modules.collections.PyDeque;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** {@code collections.deque}: every access is under its lock. */
public final class DequeStress {
  private static final PyDict PROGRAM =
      Python.run("def make(items, maxlen=None): return deque(items, maxlen)");

  private DequeStress() {}

  private static PyDeque deque(int... items) {
    return (PyDeque) Python.in(() -> PROGRAM.getStr("make").call1(ListStress.list(items)));
  }

  private static int size(PyObject d) {
    return Python.result(() -> Python.call(d, "__len__"));
  }

  private static int sum(PyObject d) {
    return Python.result(
        () -> {
          int sum = 0;
          PyObject all = Python.call(d, "copy");
          for (int n = size(all); n > 0; n--) {
            sum += ListStress.number(Python.call(all, "pop"));
          }
          return Py.int_(sum);
        });
  }

  /** Appending at both ends of a full ring, while a third takes. */
  @JCStressTest
  @Outcome(
      id = {"1, 8, 151", "16, 8, 136", "0, 8, 152"},
      expect = Expect.ACCEPTABLE,
      desc = "none lost, none twice")
  @State
  public static class BothEnds {
    private final PyDeque d = deque(1, 2, 3, 4, 5, 6, 7);

    /** One end. */
    @Actor
    public void right() {
      d.append(Py.int_(100));
    }

    /** The other end, which takes what is there at the left. */
    @Actor
    public void left() {
      d.appendleft(Py.int_(24));
    }

    /** Takes. */
    @Actor
    public void take(III_Result r) {
      r.r1 = Python.result(() -> Python.call(d, "popleft"));
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r2 = size(d);
      r.r3 = sum(d);
      // Whoever was leftmost has gone.
      if (r.r1 == 24) {
        r.r1 = 0;
        r.r3 = r.r3 == 128 ? 152 : -1;
      }
    }
  }

  /** Two threads take the one element. */
  @JCStressTest
  @Outcome(
      id = {"1, -2", "-2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one gets it")
  @State
  public static class TakeTake {
    private final PyDeque d = deque(1);

    /** First. */
    @Actor
    public void first(II_Result r) {
      r.r1 = Python.result(() -> Python.call(d, "popleft"));
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      r.r2 = Python.result(() -> Python.call(d, "pop"));
    }
  }

  /** A bounded deque never has too many elements. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "its bound")
  @State
  public static class Bounded {
    private final PyObject d;

    /** Two of two. */
    public Bounded() {
      d = Python.in(() -> PROGRAM.getStr("make").call2(ListStress.list(1, 2), Py.int_(2)));
    }

    /** Pushes one out. */
    @Actor
    public void append() {
      Python.act(
          () -> {
            Python.call(d, "append", Py.int_(3));
          });
    }

    /** Counts. */
    @Actor
    public void count(I_Result r) {
      r.r1 = size(d);
    }
  }

  /** Removing one value by two threads, while others come and go. */
  @JCStressTest
  @Outcome(
      id = {"0, -3, 2", "-3, 0, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "one finds it; no complaint about the other thread")
  @State
  public static class RemoveRemove {
    private final PyDeque d = deque(2, 1);

    /** First. */
    @Actor
    public void first(III_Result r) {
      d.append(Py.int_(5));
      r.r1 = Python.result(() -> Python.call(d, "remove", Py.int_(1)));
    }

    /** Second. */
    @Actor
    public void second(III_Result r) {
      r.r2 = Python.result(() -> Python.call(d, "remove", Py.int_(1)));
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r3 = size(d);
    }
  }

  /** Searching while another thread appends. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found; no complaint")
  @State
  public static class SearchAgainstAppend {
    private final PyDeque d = deque(2, 3, 1);

    /** Changes. */
    @Actor
    public void change() {
      d.append(Py.int_(5));
      d.appendleft(Py.int_(6));
    }

    /** Searches. */
    @Actor
    public void search(I_Result r) {
      r.r1 = Python.result(() -> Python.call(d, "count", Py.int_(1)));
    }
  }

  /** Extending is one step. */
  @JCStressTest
  @Outcome(
      id = {"0", "3"},
      expect = Expect.ACCEPTABLE,
      desc = "all or nothing")
  @State
  public static class Extend {
    private final PyDeque d = deque();

    /** Extends. */
    @Actor
    public void extend() {
      Python.act(
          () -> {
            Python.call(d, "extend", ListStress.list(1, 2, 3));
          });
    }

    /** Counts. */
    @Actor
    public void count(I_Result r) {
      r.r1 = size(d);
    }
  }
}
