package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** A generator or another iterator that two threads share. */
public final class GeneratorStress {
  private static final PyDict PROGRAM =
      Python.run(
          """
          def numbers():
              yield 1
              yield 2
              return 3

          def start():
              g = numbers()
              next(g)
              next(g)
              return g

          def step(g):
              return next(g)

          def finish(g):
              try:
                  next(g)
              except StopIteration as e:
                  return e.value

          def once(n):
              return iter([1, 2])
          """);

  /** Calls a function of the program. */
  private static PyObject f(String name, PyObject... args) {
    return Python.in(() -> PROGRAM.getStr(name).call(args, null));
  }

  private static int i(String name, PyObject... args) {
    return Python.result(() -> f(name, args));
  }

  private GeneratorStress() {}

  /** Two threads resume it. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1", "1, -3", "-3, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "each value once, or already executing")
  @State
  public static class NextNext {
    private final PyObject g = f("numbers");

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("step", g);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("step", g);
          });
    }
  }

  /** Two threads resume it for the last time. */
  @JCStressTest
  @Outcome(
      id = {"3, 0", "0, 3", "3, -3", "-3, 3"},
      expect = Expect.ACCEPTABLE,
      desc = "who ran it to the end gets the value")
  @State
  public static class ReturnValue {
    private final PyObject g = f("start");

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("finish", g);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("finish", g);
          });
    }
  }

  /** Closing it against resuming it. */
  @JCStressTest
  @Outcome(
      id = {"0, 1", "0, -6", "-3, 1", "0, -3"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other, or already executing")
  @State
  public static class CloseAgainstNext {
    private final PyObject g = f("numbers");

    /** Closes. */
    @Actor
    public void close(II_Result r) {
      r.r1 = Python.result(() -> Python.call(g, "close"));
    }

    /** Resumes. */
    @Actor
    public void next(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("step", g);
          });
    }
  }

  /** Two threads share an iterator over a list. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1", "1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "elements, perhaps one twice")
  @State
  public static class ListIterator {
    private final PyObject g = f("once", Py.None);

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("step", g);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("step", g);
          });
    }
  }
}
