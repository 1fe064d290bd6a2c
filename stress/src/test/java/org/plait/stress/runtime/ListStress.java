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
import org.openjdk.jcstress.infra.results.L_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySlice;

/** Lists: what the lock protects, and what readers without it may see. */
public final class ListStress {
  private ListStress() {}

  static PyList list(int... items) {
    PyObject[] a = new PyObject[items.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = Py.int_(items[i]);
    }
    return PyList.of(a);
  }

  static int number(PyObject o) {
    return Python.result(() -> o);
  }

  /** All the digits of a list of small ints. */
  static String digits(PyObject[] items) {
    StringBuilder b = new StringBuilder();
    for (PyObject o : items) {
      b.append(number(o));
    }
    return b.toString();
  }

  /** Two threads append, which grows the array. */
  @JCStressTest
  @Outcome(
      id = {"01", "10"},
      expect = Expect.ACCEPTABLE,
      desc = "none lost")
  @State
  public static class AppendAppend {
    private final PyList list = new PyList();

    /** First. */
    @Actor
    public void first() {
      list.append(Py.int_(0));
    }

    /** Second. */
    @Actor
    public void second() {
      list.append(Py.int_(1));
    }

    /** The list. */
    @Arbiter
    public void end(L_Result r) {
      r.r1 = digits(list.toArray());
    }
  }

  /** A store into an element against growth. */
  @JCStressTest
  @Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "the store stays")
  @State
  public static class StoreAgainstGrowth {
    private final PyList list = list(0, 0);

    /** Grows. */
    @Actor
    public void append() {
      list.append(Py.int_(2));
    }

    /** Stores. */
    @Actor
    public void store() {
      list.setItem(0, Py.int_(1));
    }

    /** The list. */
    @Arbiter
    public void end(II_Result r) {
      r.r1 = number(list.get(0));
      r.r2 = list.size();
    }
  }

  /** Reading while the list is emptied and filled again. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "-2, -2", "2, -2", "2, 5", "5, 5", "-2, 5", "5, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "an element of then or an IndexError")
  @State
  public static class ReadAgainstClear {
    private final PyList list = list(1, 2);

    /** Empties and fills. */
    @Actor
    public void clear() {
      list.clear();
      list.append(Py.int_(4));
      list.append(Py.int_(5));
    }

    /** Reads twice. */
    @Actor
    public void read(II_Result r) {
      r.r1 = Python.result(() -> list.getItem(Py.int_(1)));
      r.r2 = Python.result(() -> list.getItem(Py.int_(1)));
      if (r.r1 == 5 && r.r2 == 2) {
        throw new AssertionError("back in time");
      }
    }
  }

  /** Reading while elements move up. */
  @JCStressTest
  @Outcome(
      id = {"2", "1"},
      expect = Expect.ACCEPTABLE,
      desc = "what is there before or after")
  @State
  public static class ReadAgainstInsert {
    private final PyList list = list(1, 2);

    /** Moves. */
    @Actor
    public void insert() {
      list.insert(0, Py.int_(7));
    }

    /** Reads. */
    @Actor
    public void read(I_Result r) {
      r.r1 = Python.result(() -> list.getItem(Py.int_(1)));
    }
  }

  /** An object is seen whole through the list. */
  @JCStressTest
  @Outcome(
      id = {"-2", "3"},
      expect = Expect.ACCEPTABLE,
      desc = "not there yet, or with its contents")
  @State
  public static class Publication {
    private final PyList list = new PyList();

    /** Inserts a list just made. */
    @Actor
    public void publish() {
      list.insert(0, list(3));
    }

    /** Reads through. */
    @Actor
    public void read(I_Result r) {
      r.r1 = Python.result(() -> ((PyList) list.getItem(Py.int_(0))).getItem(Py.int_(0)));
    }
  }

  /** Sorting against appending. */
  @JCStressTest
  @Outcome(
      id = {"1230", "0123"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class SortAgainstAppend {
    private final PyList list = list(3, 1, 2);

    /** Sorts. */
    @Actor
    public void sort() {
      Python.act(
          () -> {
            list.sort(Py.None, false);
          });
    }

    /** Appends. */
    @Actor
    public void append() {
      list.append(Py.int_(0));
    }

    /** The list. */
    @Arbiter
    public void end(L_Result r) {
      r.r1 = digits(list.toArray());
    }
  }

  /** Two threads remove the one element of that value. */
  @JCStressTest
  @Outcome(
      id = {"0, -3, 2", "-3, 0, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "one finds it, the other element stays")
  @State
  public static class RemoveRemove {
    private final PyList list = list(1, 2);

    /** First. */
    @Actor
    public void first(III_Result r) {
      r.r1 = Python.result(() -> Python.call(list, "remove", Py.int_(1)));
    }

    /** Second. */
    @Actor
    public void second(III_Result r) {
      r.r2 = Python.result(() -> Python.call(list, "remove", Py.int_(1)));
    }

    /** What is left. */
    @Arbiter
    public void end(III_Result r) {
      r.r3 = Integer.parseInt("0" + digits(list.toArray()));
    }
  }

  /** Two threads take the last element. */
  @JCStressTest
  @Outcome(
      id = {"1, -2", "-2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one gets it")
  @State
  public static class PopPop {
    private final PyList list = list(1);

    /** First. */
    @Actor
    public void first(II_Result r) {
      r.r1 = Python.result(() -> list.pop(-1));
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      r.r2 = Python.result(() -> list.pop(0));
    }
  }

  /** Replacing a slice against copying. */
  @JCStressTest
  @Outcome(
      id = {"12", "345"},
      expect = Expect.ACCEPTABLE,
      desc = "all or nothing")
  @State
  public static class SliceAgainstCopy {
    private static final PySlice ALL = new PySlice(Py.None, Py.None, Py.None);
    private final PyList list = list(1, 2);

    /** Replaces. */
    @Actor
    public void replace() {
      Python.act(
          () -> {
            Python.call(list, "__setitem__", ALL, list(3, 4, 5));
          });
    }

    /** Copies. */
    @Actor
    public void copy(L_Result r) {
      r.r1 = digits(list.copy().toArray());
    }
  }

  /** Two threads extend the list by itself and by another. */
  @JCStressTest
  @Outcome(
      id = {"12123", "123123"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class ExtendAppend {
    private final PyList list = list(1, 2);

    /** By itself. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            list.extend(list);
          });
    }

    /** By one more. */
    @Actor
    public void second() {
      list.append(Py.int_(3));
    }

    /** The list. */
    @Arbiter
    public void end(L_Result r) {
      String all = digits(list.toArray());
      // The snapshot is taken before the append, the elements are added after it.
      r.r1 = all.equals("12312") ? "12123" : all;
    }
  }

  /** Walking over a list that shrinks and grows. */
  @JCStressTest
  @Outcome(
      id = {"0", "1", "2", "3", "4", "5"},
      expect = Expect.ACCEPTABLE,
      desc = "some elements, no exception")
  @State
  public static class Iterate {
    private final PyList list = list(1, 2, 3);

    /** Changes. */
    @Actor
    public void change() {
      list.pop(0);
      list.insert(1, Py.int_(4));
      list.reverse();
      list.append(Py.int_(5));
    }

    /** Walks. */
    @Actor
    public void walk(I_Result r) {
      r.r1 = Python.result(() -> Py.int_(HashTableStress.count(list)));
    }
  }

  private static PyList searched(int times, int... items) {
    PyList list = list(items);
    for (int i = 0; i < times; i++) {
      list.containsLong(1);
    }
    return list;
  }

  /** What is known of the ints in a list is never older than its elements. */
  @JCStressTest
  @Outcome(
      id = {"2, 0", "2, 1", "3, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "who sees it by the length finds it")
  @State
  public static class IntsAgainstAppend {
    private final PyList list = searched(2, 1, 2);

    /** Appends. */
    @Actor
    public void append() {
      list.append(Py.int_(7));
    }

    /** Looks. */
    @Actor
    public void look(II_Result r) {
      r.r1 = list.size();
      r.r2 = list.containsLong(7);
    }
  }

  /** The same with what is taken out. */
  @JCStressTest
  @Outcome(
      id = {"2, 1", "2, 0", "1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "who sees by the length that it is gone doesn't find it")
  @State
  public static class IntsAgainstPop {
    private final PyList list = searched(2, 1, 7);

    /** Takes out. */
    @Actor
    public void pop() {
      list.pop(-1);
    }

    /** Looks. */
    @Actor
    public void look(II_Result r) {
      r.r1 = list.size();
      r.r2 = list.containsLong(7);
    }
  }

  /** A store while another thread finds out which ints there are. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "what was stored is known")
  @State
  public static class IntsAgainstStore {
    private final PyList list = searched(1, 1, 2);

    /** Stores. */
    @Actor
    public void store() {
      list.setItem(0, Py.int_(7));
    }

    /** Searches for the second time. */
    @Actor
    public void search() {
      list.containsLong(5);
    }

    /** Both are over. */
    @Arbiter
    public void end(II_Result r) {
      r.r1 = list.containsLong(1);
      r.r2 = list.containsLong(7);
    }
  }
}
