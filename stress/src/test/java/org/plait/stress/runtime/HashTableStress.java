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
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PySet;

/** Dicts and sets: writers under the lock, readers without it. */
public final class HashTableStress {
  private HashTableStress() {}

  static PyDict dict(int... keys) {
    PyDict d = new PyDict();
    for (int k : keys) {
      d.put(Py.int_(k), Py.int_(k));
    }
    return d;
  }

  static int get(PyDict d, int key) {
    PyObject v = d.get(Py.int_(key));
    return v == null ? Python.KEY_ERROR : ListStress.number(v);
  }

  /** Two insertions fill a table up, so that it grows. */
  @JCStressTest
  @Outcome(id = "6, 7, 7", expect = Expect.ACCEPTABLE, desc = "none lost")
  @State
  public static class PutPut {
    private final PyDict d = dict(1, 2, 3, 4, 5);

    /** First. */
    @Actor
    public void first() {
      d.put(Py.int_(6), Py.int_(6));
    }

    /** Second. */
    @Actor
    public void second() {
      d.put(Py.int_(7), Py.int_(7));
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r1 = get(d, 6);
      r.r2 = get(d, 7);
      r.r3 = d.size();
    }
  }

  /** A new value for a key against growth. */
  @JCStressTest
  @Outcome(id = "9, 6", expect = Expect.ACCEPTABLE, desc = "the new value stays")
  @State
  public static class ReplaceAgainstGrowth {
    private final PyDict d = dict(1, 2, 3, 4, 5);

    /** Replaces. */
    @Actor
    public void replace() {
      d.put(Py.int_(1), Py.int_(9));
    }

    /** Grows. */
    @Actor
    public void grow() {
      d.put(Py.int_(6), Py.int_(6));
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      r.r1 = get(d, 1);
      r.r2 = get(d, 6);
    }
  }

  /** An object is seen whole through the dict. */
  @JCStressTest
  @Outcome(
      id = {"-1", "3"},
      expect = Expect.ACCEPTABLE,
      desc = "not there yet, or with its contents")
  @State
  public static class Publication {
    private final PyDict d = new PyDict();

    /** Publishes. */
    @Actor
    public void publish() {
      d.put(Py.int_(1), dict(3));
    }

    /** Reads through. */
    @Actor
    public void read(I_Result r) {
      PyDict inner = (PyDict) d.get(Py.int_(1));
      r.r1 = inner == null ? Python.KEY_ERROR : get(inner, 3);
    }
  }

  /** Looking a key up, then asking for the size. */
  @JCStressTest
  @Outcome(
      id = {"-1, 0", "-1, 1", "1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "a key that is there counts")
  @State
  public static class SizeAfterGet {
    private final PyDict d = new PyDict();

    /** Inserts. */
    @Actor
    public void put() {
      d.put(Py.int_(1), Py.int_(1));
    }

    /** Asks. */
    @Actor
    public void ask(II_Result r) {
      r.r1 = get(d, 1);
      r.r2 = d.size();
    }
  }

  /** Asking for the size, then looking a key up, while it is deleted. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, -1", "0, -1"},
      expect = Expect.ACCEPTABLE,
      desc = "a key that does not count is not there")
  @State
  public static class GetAfterSize {
    private final PyDict d = dict(1);

    /** Deletes. */
    @Actor
    public void remove() {
      d.remove(Py.int_(1));
    }

    /** Asks. */
    @Actor
    public void ask(II_Result r) {
      r.r1 = d.size();
      r.r2 = get(d, 1);
    }
  }

  /** Two threads set a default. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 1", "2, 2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "both get the same")
  @State
  public static class SetDefault {
    private final PyDict d = new PyDict();

    /** First. */
    @Actor
    public void first(III_Result r) {
      r.r1 = ListStress.number(d.setdefault(Py.int_(5), Py.int_(1)));
    }

    /** Second. */
    @Actor
    public void second(III_Result r) {
      r.r2 = ListStress.number(d.setdefault(Py.int_(5), Py.int_(2)));
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r3 = get(d, 5);
    }
  }

  /** Two threads delete one key. */
  @JCStressTest
  @Outcome(
      id = {"0, -1", "-1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "one has deleted it")
  @State
  public static class DeleteDelete {
    private final PyDict d = dict(1, 2);

    /** First. */
    @Actor
    public void first(II_Result r) {
      r.r1 = Python.result(() -> Python.call(d, "__delitem__", Py.int_(1)));
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      r.r2 = Python.result(() -> Python.call(d, "__delitem__", Py.int_(1)));
    }
  }

  /** Two threads take items. */
  @JCStressTest
  @Outcome(
      id = {"1, 2, 0", "2, 1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "each gets one")
  @State
  public static class PopItem {
    private final PyDict d = dict(1, 2);

    /** First. */
    @Actor
    public void first(III_Result r) {
      r.r1 = ListStress.number(d.popLast()[0]);
    }

    /** Second. */
    @Actor
    public void second(III_Result r) {
      r.r2 = ListStress.number(d.popLast()[0]);
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r3 = d.size();
    }
  }

  /** Deleting and setting again while another thread looks. */
  @JCStressTest
  @Outcome(
      id = {"1", "-1", "7"},
      expect = Expect.ACCEPTABLE,
      desc = "old, absent or new")
  @State
  public static class DeleteAndSet {
    private final PyDict d = dict(1, 2, 3, 4, 5);

    /** Changes. */
    @Actor
    public void change() {
      d.remove(Py.int_(1));
      d.put(Py.int_(1), Py.int_(7));
    }

    /** Looks. */
    @Actor
    public void look(I_Result r) {
      r.r1 = get(d, 1);
    }
  }

  /** Taking over another dict against copying. */
  @JCStressTest
  @Outcome(
      id = {"1", "4"},
      expect = Expect.ACCEPTABLE,
      desc = "all or nothing")
  @State
  public static class UpdateAgainstCopy {
    private final PyDict d = dict(1);
    private final PyDict more = dict(2, 3, 4);

    /** Updates. */
    @Actor
    public void update() {
      d.update(more);
    }

    /** Copies. */
    @Actor
    public void copy(I_Result r) {
      r.r1 = d.copy().size();
    }
  }

  /** Emptying against inserting. */
  @JCStressTest
  @Outcome(
      id = {"-1, 0", "3, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class ClearAgainstPut {
    private final PyDict d = dict(1, 2);

    /** Empties. */
    @Actor
    public void clear() {
      d.clear();
    }

    /** Inserts. */
    @Actor
    public void put() {
      d.put(Py.int_(3), Py.int_(3));
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      r.r1 = get(d, 3);
      r.r2 = d.size();
    }
  }

  /** How many elements an iterator gives. */
  static int count(PyObject o) {
    PyObject it = Python.call(o, "__iter__");
    int n = 0;
    while (PyIters.next(it) != null) {
      n++;
    }
    return n;
  }

  private static int walk(PyObject o) {
    return Python.result(() -> Py.int_(count(o)));
  }

  /** Walking over a dict that grows. */
  @JCStressTest
  @Outcome(
      id = {"3", "4", "-5"},
      expect = Expect.ACCEPTABLE,
      desc = "its elements, or RuntimeError")
  @State
  public static class IterateDict {
    private final PyDict d = dict(1, 2, 3);

    /** Grows. */
    @Actor
    public void put() {
      d.put(Py.int_(4), Py.int_(4));
    }

    /** Walks. */
    @Actor
    public void walks(I_Result r) {
      r.r1 = walk(d);
    }
  }

  /** Walking over a set that shrinks. */
  @JCStressTest
  @Outcome(
      id = {"3", "2", "-5"},
      expect = Expect.ACCEPTABLE,
      desc = "its elements, or RuntimeError")
  @State
  public static class IterateSet {
    private final PySet s = set(1, 2, 3);

    /** Shrinks. */
    @Actor
    public void discard() {
      s.discard(Py.int_(2));
    }

    /** Walks. */
    @Actor
    public void walks(I_Result r) {
      r.r1 = walk(s);
    }
  }

  static PySet set(int... items) {
    PySet s = new PySet();
    for (int i : items) {
      s.add(Py.int_(i));
    }
    return s;
  }

  /** Two threads add the same element, a third another one. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "each once")
  @State
  public static class AddAdd {
    private final PySet s = new PySet();

    /** First. */
    @Actor
    public void first() {
      s.add(Py.int_(1));
    }

    /** Second. */
    @Actor
    public void second() {
      s.add(Py.int_(1));
    }

    /** Third. */
    @Actor
    public void third() {
      s.add(Py.int_(2));
    }

    /** Looks. */
    @Arbiter
    public void end(I_Result r) {
      r.r1 = s.size();
    }
  }

  /** Small ints are bits until somebody puts in what is none. */
  @JCStressTest
  @Outcome(id = "1, 1, 3", expect = Expect.ACCEPTABLE, desc = "none lost")
  @State
  public static class SmallIntsAgainstEntries {
    private final PySet s = set(1);

    /** Sets a bit. */
    @Actor
    public void small() {
      s.add(Py.int_(2));
    }

    /** Makes them entries. */
    @Actor
    public void large() {
      s.add(Py.int_(1000));
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      r.r1 = s.contains(Py.int_(2)) ? 1 : 0;
      r.r2 = s.contains(Py.int_(1000)) ? 1 : 0;
      r.r3 = s.size();
    }
  }

  /** One bit moves while they become entries. */
  @JCStressTest
  @Outcome(
      id = {"0, 1, 1", "0, 1, 2", "0, 2, 2", "1, 2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "what is there counts")
  @State
  public static class SmallIntsSeen {
    private final PySet s = set(1);

    /** Sets a bit. */
    @Actor
    public void small() {
      s.add(Py.int_(2));
    }

    /** Asks, and makes them entries in between. */
    @Actor
    public void ask(III_Result r) {
      r.r1 = s.contains(Py.int_(2)) ? 1 : 0;
      r.r2 = s.toArray().length;
      r.r3 = s.size();
    }
  }

  /** Two threads take an element of a set. */
  @JCStressTest
  @Outcome(
      id = {"1, -1", "-1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one gets it")
  @State
  public static class SetPop {
    private final PySet s = set(1);

    /** First. */
    @Actor
    public void first(II_Result r) {
      r.r1 = Python.result(() -> Python.call(s, "pop"));
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      r.r2 = Python.result(() -> Python.call(s, "pop"));
    }
  }

  /** A key that moves to the end is there all the time. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found")
  @State
  public static class MoveToEnd {
    private static final long HASH = 1;
    private final PyDict d = dict(1, 2, 3, 4, 5);

    /** Moves. */
    @Actor
    public void move() {
      d.move(Py.int_(1), HASH, true);
      d.move(Py.int_(1), HASH, false);
    }

    /** Looks. */
    @Actor
    public void look(I_Result r) {
      r.r1 = get(d, 1);
    }
  }
}
