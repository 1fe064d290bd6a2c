package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/**
 * Changes of classes against the caches of attribute lookups: once a change is seen, it stays seen.
 */
public final class ClassStress {
  private static final PyDict PROGRAM =
      Python.run(
          """
          def make():
              class C:
                  x = 1

                  def __len__(self):
                      return 1

              class D(C):
                  pass

              class E:
                  x = 2

              o = D()
              get(o)
              again(o)
              return o

          def get(o):
              return o.x

          def again(o):
              return o.x

          def of_class(o):
              return type(o).x

          def length(o):
              return len(o)

          def base(o):
              return type(o).__mro__[1]

          def put(o, v):
              base(o).x = v

          def put_own(o, v):
              type(o).x = v

          def delete(o):
              del base(o).x

          def put_length(o, v):
              base(o).__len__ = lambda self: v

          class Other:
              x = 2

          def rebase(o):
              type(o).__bases__ = (Other,)

          def subclass(o):
              class F(base(o)):
                  pass
              return F().x
          """);

  /** Calls a function of the program. */
  private static PyObject f(String name, PyObject... args) {
    return Python.in(() -> PROGRAM.getStr(name).call(args, null));
  }

  private static int i(String name, PyObject... args) {
    return Python.result(() -> f(name, args));
  }

  private ClassStress() {}

  /** Two places that look the attribute up through different caches. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 1", "1, 1, 2", "1, 2, 2", "2, 2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "never back in time")
  @State
  public static class TwoSites {
    private final PyObject o = f("make");

    /** Sets it in the base. */
    @Actor
    public void set() {
      Python.act(
          () -> {
            f("put", o, Py.int_(2));
          });
    }

    /** Reads. */
    @Actor
    public void read(III_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", o);
            r.r2 = i("of_class", o);
            r.r3 = i("again", o);
          });
    }
  }

  /** Two threads set it: all agree in the end. */
  @JCStressTest
  @Outcome(
      id = {"2, 2, 2", "3, 3, 3"},
      expect = Expect.ACCEPTABLE,
      desc = "one of the values")
  @State
  public static class TwoWriters {
    private final PyObject o = f("make");

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            f("put", o, Py.int_(2));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            f("put", o, Py.int_(3));
          });
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", o);
            r.r2 = i("again", o);
            r.r3 = i("of_class", o);
          });
    }
  }

  /** One thread sets it in the class, another in its base. */
  @JCStressTest
  @Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "that of the class")
  @State
  public static class OwnAndBase {
    private final PyObject o = f("make");

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            f("put", o, Py.int_(2));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            f("put_own", o, Py.int_(3));
          });
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", o);
            r.r2 = i("of_class", o);
          });
    }
  }

  /** Two threads delete one class attribute. */
  @JCStressTest
  @Outcome(
      id = {"0, -4", "-4, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "one has deleted it")
  @State
  public static class DeleteDelete {
    private final PyObject o = f("make");

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("delete", o);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("delete", o);
          });
    }
  }

  /** A special method is replaced. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "never back in time")
  @State
  public static class SpecialMethod {
    private final PyObject o = f("make");

    /** Sets it. */
    @Actor
    public void set() {
      Python.act(
          () -> {
            f("put_length", o, Py.int_(2));
          });
    }

    /** Calls. */
    @Actor
    public void call(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("length", o);
            r.r2 = i("length", o);
          });
    }
  }

  /** The bases are replaced. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "one base's or the other's")
  @State
  public static class Bases {
    private final PyObject o = f("make");

    /** Replaces. */
    @Actor
    public void set() {
      Python.act(
          () -> {
            f("rebase", o);
          });
    }

    /** Reads. */
    @Actor
    public void read(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", o);
            r.r2 = i("get", o);
          });
    }
  }

  /** A subclass is made while its base changes. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "old or new, then new")
  @State
  public static class NewSubclass {
    private final PyObject o = f("make");

    /** Sets it. */
    @Actor
    public void set() {
      Python.act(
          () -> {
            f("put", o, Py.int_(2));
          });
    }

    /** Derives. */
    @Actor
    public void read(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("subclass", o);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("subclass", o);
          });
    }
  }
}
