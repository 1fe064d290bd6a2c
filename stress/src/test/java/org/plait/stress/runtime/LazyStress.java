package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyWeakReference;

/** What is made at first need: all threads get the same. */
public final class LazyStress {
  private static final PyDict PROGRAM =
      Python.run(
          """
          class P:
              pass

          def make():
              return P()

          def annotated():
              def f(a: int) -> str:
                  pass

              return f

          def annotations(f):
              return f.__annotations__

          def namespace(f):
              return f.__dict__

          def hashes(o):
              return hash(o) & 0x7fffffff

          def typed():
              class C:
                  a: int

              return C
          """);
  private static final java.util.concurrent.atomic.AtomicInteger COUNTER =
      new java.util.concurrent.atomic.AtomicInteger();

  /** Calls a function of the program. */
  private static PyObject f(String name, PyObject... args) {
    return Python.in(() -> PROGRAM.getStr(name).call(args, null));
  }

  private static int i(String name, PyObject... args) {
    return Python.result(() -> f(name, args));
  }

  private static PyObject reference(PyObject p) {
    return PyWeakReference.TYPE.call1(p);
  }

  private LazyStress() {}

  /** Two threads intern equal strings. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one object")
  @State
  public static class Intern {
    private final String text = "name" + COUNTER.incrementAndGet();
    private PyObject one;
    private PyObject other;

    /** First. */
    @Actor
    public void first() {
      one = PyStr.intern(new String(text.toCharArray()));
    }

    /** Second. */
    @Actor
    public void second() {
      other = PyStr.intern(text);
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other;
    }
  }

  /** Two threads hash a string, a tuple and a frozenset of it. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the same hash")
  @State
  public static class Hash {
    private final PyStr text = PyStr.of("text" + COUNTER.incrementAndGet());
    private final PyObject both = Py.tuple(text, text);
    private int one;
    private int other;

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            one = i("hashes", both) ^ (int) text.hash();
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            other = i("hashes", both) ^ (int) text.hash();
          });
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other;
    }
  }

  /** Two threads make a weak reference without callback. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one object")
  @State
  public static class WeakReference {
    private final PyObject p = f("make");
    private PyObject one;
    private PyObject other;

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            one = reference(p);
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            other = reference(p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other && one != null;
    }
  }

  /** Two threads ask for the annotations of a function. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one dict")
  @State
  public static class Annotations {
    private final PyObject p = f("annotated");
    private PyObject one;
    private PyObject other;

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            one = f("annotations", p);
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            other = f("annotations", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other && one != null;
    }
  }

  /** Two threads ask for the annotations of a class. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one dict")
  @State
  public static class ClassAnnotations {
    private final PyObject p = f("typed");
    private PyObject one;
    private PyObject other;

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            one = f("annotations", p);
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            other = f("annotations", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other && one != null;
    }
  }

  /** Two threads ask for the dict of a function. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one dict")
  @State
  public static class FunctionNamespace {
    private final PyObject p = f("annotated");
    private PyObject one;
    private PyObject other;

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            one = f("namespace", p);
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            other = f("namespace", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = one == other && one != null;
    }
  }
}
