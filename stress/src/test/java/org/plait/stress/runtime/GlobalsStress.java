package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;

/** Globals and built-ins, through the caches of compiled code. */
public final class GlobalsStress {
  private static final PyDict TEMPLATE =
      Python.run(
          """
          __builtins__['plus_five'] = 5

          def get():
              return x

          def again():
              return x

          def put():
              global x
              x = 2

          def builtin():
              return plus_five

          def builtin_again():
              return plus_five

          def first():
              return x[0]

          def fresh():
              def f():
                  total = 0
                  for i in (1, 2, 3):
                      total += i
                  return total

              return type(f)(f.__code__.replace(), globals())

          FUNCTIONS = [get, again, put, builtin, builtin_again, first, fresh]
          """);

  /** A module of its own with the functions of the template, whose caches are warm. */
  private static PyDict module(String source) {
    return Python.in(() -> fill(new PyDict(), source));
  }

  private static PyDict fill(PyDict g, String source) {
    g.putStr("__builtins__", TEMPLATE.getStr("__builtins__"));
    g.putStr("__name__", Py.str("stress"));
    if (!source.isEmpty()) {
      g.putStr("x", Py.int_(1));
    }
    for (PyObject f : ((PyList) TEMPLATE.getStr("FUNCTIONS")).toArray()) {
      PyObject copy = f.type().call2(f.getAttribute("__code__"), g);
      g.putStr(Python.call(copy.getAttribute("__name__"), "__str__").toString(), copy);
    }
    i(g, "get");
    i(g, "again");
    i(g, "builtin");
    i(g, "builtin_again");
    return g;
  }

  private static PyObject f(PyDict g, String name) {
    return Python.in(g.getStr(name)::call0);
  }

  private static int i(PyDict g, String name) {
    return Python.result(() -> f(g, name));
  }

  private GlobalsStress() {}

  /** A global gets another value. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "never back in time")
  @State
  public static class Store {
    private final PyDict g = module("x = 1");

    /** Stores. */
    @Actor
    public void store() {
      g.putStr("x", Py.int_(2));
    }

    /** Loads. */
    @Actor
    public void load(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i(g, "get");
            r.r2 = i(g, "again");
          });
    }
  }

  /** A store while the namespace grows. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the store stays")
  @State
  public static class Growth {
    private final PyDict g = module("x = 1");

    /** Stores. */
    @Actor
    public void store() {
      Python.act(
          () -> {
            i(g, "put");
          });
    }

    /** Grows. */
    @Actor
    public void grow() {
      for (int k = 0; k < 20; k++) {
        g.putStr("n" + k, Py.None);
      }
    }

    /** Looks. */
    @Arbiter
    public void end(I_Result r) {
      Python.act(
          () -> {
            r.r1 = i(g, "get");
          });
    }
  }

  /** A global is deleted and set again. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, -7", "1, 3", "-7, -7", "-7, 3", "3, 3"},
      expect = Expect.ACCEPTABLE,
      desc = "there, away, there")
  @State
  public static class DeleteAndSet {
    private final PyDict g = module("x = 1");

    /** Changes. */
    @Actor
    public void change() {
      g.removeStr("x");
      g.putStr("x", Py.int_(3));
    }

    /** Loads. */
    @Actor
    public void load(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i(g, "get");
            r.r2 = i(g, "again");
          });
    }
  }

  /** A global hides a built-in. */
  @JCStressTest
  @Outcome(
      id = {"5, 5", "5, 7", "7, 7"},
      expect = Expect.ACCEPTABLE,
      desc = "never back in time")
  @State
  public static class Shadow {
    private final PyDict g = module("x = 1");

    /** Hides. */
    @Actor
    public void shadow() {
      g.putStr("plus_five", Py.int_(7));
    }

    /** Loads. */
    @Actor
    public void load(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i(g, "builtin");
            r.r2 = i(g, "builtin_again");
          });
    }
  }

  /** What a global shows is whole. */
  @JCStressTest
  @Outcome(
      id = {"-7", "4"},
      expect = Expect.ACCEPTABLE,
      desc = "not there yet, or with its contents")
  @State
  public static class Publication {
    private final PyDict g = module("");

    /** Publishes. */
    @Actor
    public void publish() {
      Python.act(
          () -> {
            g.putStr("x", ListStress.list(4));
          });
    }

    /** Reads through. */
    @Actor
    public void read(I_Result r) {
      Python.act(
          () -> {
            r.r1 = i(g, "first");
          });
    }
  }

  /** Two threads are the first to run a function. */
  @JCStressTest
  @Outcome(id = "6, 6", expect = Expect.ACCEPTABLE, desc = "both run it")
  @State
  public static class Link {
    private final PyObject function = f(module("x = 1"), "fresh");

    /** First. */
    @Actor
    public void first(II_Result r) {
      r.r1 = Python.result(function::call0);
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      r.r2 = Python.result(function::call0);
    }
  }
}
