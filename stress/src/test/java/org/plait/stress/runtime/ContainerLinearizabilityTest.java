package org.plait.stress.runtime;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.plait.modules.collections.PyDeque;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;

/**
 * Single operations on built-in containers take effect at one moment. Of lists the readers without
 * a lock are tried together with what leaves elements where they are: while elements move, such a
 * reader may see some moved and others not, as in CPython.
 */
class ContainerLinearizabilityTest {
  private static final int ITERATIONS = Integer.getInteger("plait.lincheck.iterations", 10);

  private static int method(PyObject o, String name, int... args) {
    PyObject[] a = new PyObject[args.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = Py.int_(args[i]);
    }
    return Python.result(() -> Python.call(o, name, a));
  }

  /** Appending, taking and replacing, beside reading. */
  @Param(name = "i", gen = IntGen.class, conf = "0:2")
  public static class ReadList {
    private final PyList list = new PyList();

    @Operation
    public void append(@Param(name = "i") int v) {
      list.append(Py.int_(v));
    }

    @Operation
    public int pop() {
      return method(list, "pop");
    }

    @Operation
    public int get(@Param(name = "i") int i) {
      PyObject v = list.get(i);
      return v == null ? -1 : ListStress.number(v);
    }

    @Operation
    public int set(@Param(name = "i") int i, @Param(name = "i") int v) {
      return method(list, "__setitem__", i, v);
    }

    @Operation
    public int size() {
      return list.size();
    }

    @Operation
    public void reverse() {
      list.reverse();
    }

    @Operation
    public void clear() {
      list.clear();
    }
  }

  /** What takes the lock. */
  @Param(name = "i", gen = IntGen.class, conf = "0:2")
  public static class LockedList {
    private final PyList list = new PyList();

    @Operation
    public void append(@Param(name = "i") int v) {
      list.append(Py.int_(v));
    }

    @Operation
    public void insert(@Param(name = "i") int i, @Param(name = "i") int v) {
      list.insert(i, Py.int_(v));
    }

    @Operation
    public int pop(@Param(name = "i") int i) {
      return method(list, "pop", i);
    }

    @Operation
    public void extend() {
      Python.act(() -> list.extend(ListStress.list(7, 8)));
    }

    @Operation
    public void sort() {
      Python.act(() -> list.sort(Py.None, false));
    }

    @Operation
    public String copy() {
      return ListStress.digits(list.toArray());
    }
  }

  /** A dict: its readers take no lock. */
  @Param(name = "k", gen = IntGen.class, conf = "0:2")
  public static class Dict {
    private final PyDict d = new PyDict();

    @Operation
    public int get(@Param(name = "k") int k) {
      return HashTableStress.get(d, k);
    }

    @Operation
    public void put(@Param(name = "k") int k, @Param(name = "k") int v) {
      d.put(Py.int_(k), Py.int_(v));
    }

    @Operation
    public int setdefault(@Param(name = "k") int k, @Param(name = "k") int v) {
      return method(d, "setdefault", k, v);
    }

    @Operation
    public int pop(@Param(name = "k") int k) {
      return method(d, "pop", k);
    }

    @Operation
    public int popitem() {
      PyObject[] item = d.popLast();
      return item == null ? -1 : ListStress.number(item[0]);
    }

    @Operation
    public int size() {
      return d.size();
    }

    @Operation
    public int copy() {
      return d.copy().size();
    }

    @Operation
    public void clear() {
      d.clear();
    }
  }

  /** A set. */
  @Param(name = "k", gen = IntGen.class, conf = "0:2")
  public static class Set {
    private final PySet s = new PySet();

    @Operation
    public boolean contains(@Param(name = "k") int k) {
      return s.contains(Py.int_(k));
    }

    @Operation
    public void add(@Param(name = "k") int k) {
      s.add(Py.int_(k));
    }

    @Operation
    public int remove(@Param(name = "k") int k) {
      return method(s, "remove", k);
    }

    @Operation
    public int size() {
      return s.size();
    }

    @Operation
    public int toArray() {
      return s.toArray().length;
    }
  }

  /** A deque. */
  @Param(name = "k", gen = IntGen.class, conf = "0:2")
  public static class Deque {
    private final PyDeque d = new PyDeque();

    @Operation
    public void append(@Param(name = "k") int k) {
      d.append(Py.int_(k));
    }

    @Operation
    public void appendleft(@Param(name = "k") int k) {
      d.appendleft(Py.int_(k));
    }

    @Operation
    public int pop() {
      return method(d, "pop");
    }

    @Operation
    public int popleft() {
      return method(d, "popleft");
    }

    @Operation
    public int get(@Param(name = "k") int k) {
      return method(d, "__getitem__", k);
    }

    @Operation
    public int remove(@Param(name = "k") int k) {
      return method(d, "remove", k);
    }

    @Operation
    public int count(@Param(name = "k") int k) {
      return method(d, "count", k);
    }

    @Operation
    public void rotate() {
      Python.act(() -> Python.call(d, "rotate"));
    }
  }

  private static void check(Class<?> spec) {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(2_000)
        .threads(3)
        .actorsPerThread(3)
        .check(spec);
  }

  @Test
  void listsWithReaders() {
    check(ReadList.class);
  }

  @Test
  void lists() {
    check(LockedList.class);
  }

  @Test
  void dicts() {
    check(Dict.class);
  }

  @Test
  void sets() {
    check(Set.class);
  }

  @Test
  void deques() {
    check(Deque.class);
  }
}
