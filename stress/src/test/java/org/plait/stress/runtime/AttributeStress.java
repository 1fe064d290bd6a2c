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
import org.openjdk.jcstress.infra.results.Z_Result;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** Instance attributes, through the inline caches of compiled code. */
public final class AttributeStress {
  private static final PyDict PROGRAM =
      Python.run(
          """
          class P:
              pass

          class Q:
              pass

          class S:
              __slots__ = ('x',)

          class M:
              def m(self):
                  return 1

          class N:
              def m(self):
                  return 2

          def make(cls=P):
              p = cls()
              p.a = 1
              return p

          def slots():
              s = S()
              s.x = 1
              return s

          def get(p):
              return p.a

          def put(p, v):
              p.a = v

          def put_x(p, v):
              p.x = v

          def put_y(p, v):
              p.y = v

          def grow(p):
              p.b = p.c = p.d = p.e = p.f = p.g = p.h = 2

          def both(p):
              return p.x + p.y

          def delete(p):
              del p.a

          def delete_x(p):
              del p.x

          def namespace(p):
              return p.__dict__

          def replace(p):
              p.__dict__ = {'a': 2}

          def turn(p, cls):
              p.__class__ = cls

          def method(p):
              return p.m()

          def by_dict(p, v):
              p.__dict__['a'] = v

          def all_of(p):
              return len(list(p.__dict__))

          class Point:
              def __init__(self, x, y):
                  self.x = x
                  self.y = y

          class Known:
              def __init__(self, box):
                  self.x = 1
                  box.a = self
                  self.y = 2

          def publish(box):
              box.a = Point(1, 2)

          def make_known(box):
              Known(box)

          def sum_of(box):
              p = box.a
              return 0 if p is None else p.x + p.y

          def put_z(box):
              p = box.a
              if p is None:
                  return 0
              p.z = 3
              return 1

          def has_all(box):
              return len(list(box.a.__dict__))
          """);

  private static PyObject emptyBox() {
    PyObject box = f("make");
    f("put", box, Py.None);
    return box;
  }

  /** Calls a function of the program. */
  private static PyObject f(String name, PyObject... args) {
    return Python.in(() -> PROGRAM.getStr(name).call(args, null));
  }

  private static int i(String name, PyObject... args) {
    return Python.result(() -> f(name, args));
  }

  private AttributeStress() {}

  /** A store into an attribute while others are added beyond the inline slots. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "the store stays")
  @State
  public static class StoreAgainstGrowth {
    private final PyObject p = f("make");

    /** Stores. */
    @Actor
    public void store() {
      Python.act(
          () -> {
            f("put", p, Py.int_(2));
          });
    }

    /** Grows. */
    @Actor
    public void grow() {
      Python.act(
          () -> {
            f("grow", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", p);
            r.r2 = Python.result(() -> p.getAttribute("h"));
          });
    }
  }

  /** Two threads add an attribute each. */
  @JCStressTest
  @Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "none lost")
  @State
  public static class AddAdd {
    private final PyObject p = f("make");

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            f("put_x", p, Py.int_(1));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            f("put_y", p, Py.int_(2));
          });
    }

    /** Looks. */
    @Arbiter
    public void end(I_Result r) {
      Python.act(
          () -> {
            r.r1 = i("both", p);
          });
    }
  }

  /** An object is seen whole through an attribute. */
  @JCStressTest
  @Outcome(
      id = {"-4", "3"},
      expect = Expect.ACCEPTABLE,
      desc = "not there yet, or with its contents")
  @State
  public static class Publication {
    private final PyObject p = f("make", PROGRAM.getStr("Q"));

    /** Publishes. */
    @Actor
    public void publish() {
      Python.act(
          () -> {
            PyObject inner = f("make");
            f("put", inner, Py.int_(3));
            f("put_x", p, inner);
          });
    }

    /** Reads through. */
    @Actor
    public void read(I_Result r) {
      Python.act(
          () -> {
            r.r1 =
                Python.result(
                    () -> f("get", p.getAttribute("x") == null ? p : p.getAttribute("x")));
            if (r.r1 == 1) {
              r.r1 = Python.ATTRIBUTE_ERROR;
            }
          });
    }
  }

  /** Two threads delete one attribute. */
  @JCStressTest
  @Outcome(
      id = {"0, -4", "-4, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "one has deleted it")
  @State
  public static class DeleteDelete {
    private final PyObject p = f("make");

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("delete", p);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("delete", p);
          });
    }
  }

  /** Two threads delete one attribute of a class with slots. */
  @JCStressTest
  @Outcome(
      id = {"0, -4", "-4, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "one has deleted it")
  @State
  public static class DeleteSlot {
    private final PyObject p = f("slots");

    /** First. */
    @Actor
    public void first(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("delete_x", p);
          });
    }

    /** Second. */
    @Actor
    public void second(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("delete_x", p);
          });
    }
  }

  /** Storing against deleting. */
  @JCStressTest
  @Outcome(
      id = {"2", "-4"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class StoreAgainstDelete {
    private final PyObject p = f("make");

    /** Stores. */
    @Actor
    public void store() {
      Python.act(
          () -> {
            f("put", p, Py.int_(2));
          });
    }

    /** Deletes. */
    @Actor
    public void delete() {
      Python.act(
          () -> {
            i("delete", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(I_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", p);
          });
    }
  }

  /** Two threads are the first to ask for the dict. */
  @JCStressTest
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "both get the same")
  @State
  public static class Namespace {
    private final PyObject p = f("make");
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

  /** A store through the dict against adding attributes. */
  @JCStressTest
  @Outcome(id = "2, 8", expect = Expect.ACCEPTABLE, desc = "none lost")
  @State
  public static class StoreThroughDict {
    private final PyObject p = f("make");

    /** Stores. */
    @Actor
    public void store() {
      Python.act(
          () -> {
            f("by_dict", p, Py.int_(2));
          });
    }

    /** Grows. */
    @Actor
    public void grow() {
      Python.act(
          () -> {
            f("grow", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", p);
            r.r2 = i("all_of", p);
          });
    }
  }

  /** Another dict is assigned: the attribute is in both. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "always there, never back")
  @State
  public static class ReplaceDict {
    private final PyObject p = f("make");

    /** Assigns. */
    @Actor
    public void replaces() {
      Python.act(
          () -> {
            f("replace", p);
          });
    }

    /** Reads. */
    @Actor
    public void read(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", p);
            r.r2 = i("get", p);
          });
    }
  }

  /** The dict that was replaced keeps its contents. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "old and new")
  @State
  public static class OldDict {
    private final PyObject p = f("make");
    private final PyDict old = (PyDict) f("namespace", p);

    /** Assigns. */
    @Actor
    public void replaces() {
      Python.act(
          () -> {
            f("replace", p);
          });
    }

    /** Reads. */
    @Actor
    public void read(II_Result r) {
      r.r1 = Python.result(() -> old.getStr("a") == null ? Py.int_(-9) : old.getStr("a"));
    }

    /** Looks. */
    @Arbiter
    public void end(II_Result r) {
      Python.act(
          () -> {
            r.r2 = i("get", p);
          });
    }
  }

  /** The class changes while a method is called. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 1", "1, 2", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "either class's method, and the attribute")
  @State
  public static class ChangeClass {
    private final PyObject p = f("make", PROGRAM.getStr("M"));

    /** Changes it. */
    @Actor
    public void turns() {
      Python.act(
          () -> {
            f("turn", p, PROGRAM.getStr("N"));
            f("turn", p, PROGRAM.getStr("M"));
            f("put", p, Py.int_(2));
          });
    }

    /** Calls. */
    @Actor
    public void calls(II_Result r) {
      Python.act(
          () -> {
            r.r1 = i("method", p);
            r.r2 = i("get", p);
          });
    }
  }

  /** The class changes while attributes are added. */
  @JCStressTest
  @Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "none lost")
  @State
  public static class ChangeClassAgainstGrowth {
    private final PyObject p = f("make", PROGRAM.getStr("M"));

    /** Changes it. */
    @Actor
    public void turns() {
      Python.act(
          () -> {
            f("turn", p, PROGRAM.getStr("N"));
          });
    }

    /** Grows. */
    @Actor
    public void grow() {
      Python.act(
          () -> {
            f("grow", p);
          });
    }

    /** Looks. */
    @Arbiter
    public void end(III_Result r) {
      Python.act(
          () -> {
            r.r1 = i("get", p);
            r.r2 = Python.result(() -> p.getAttribute("h"));
            r.r3 = i("method", p);
          });
    }
  }

  /** An instance whose first attributes were stored without its lock is published. */
  @JCStressTest
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not there yet")
  @Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "with all its attributes")
  @State
  public static class NewInstance {
    private final PyObject box = emptyBox();

    /** Makes it. */
    @Actor
    public void make() {
      Python.act(
          () -> {
            f("publish", box);
          });
    }

    /** Reads its attributes. */
    @Actor
    public void read(I_Result r) {
      r.r1 = i("sum_of", box);
    }
  }

  /** An instance becomes known before its {@code __init__} is done, and both add attributes. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "not known yet")
  @Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "none is lost")
  @State
  public static class KnownInstance {
    private final PyObject box = emptyBox();

    /** Makes it. */
    @Actor
    public void make() {
      Python.act(
          () -> {
            f("make_known", box);
          });
    }

    /** Adds an attribute. */
    @Actor
    public void add(II_Result r) {
      r.r1 = i("put_z", box);
    }

    /** Counts. */
    @Arbiter
    public void count(II_Result r) {
      r.r2 = i("has_all", box);
    }
  }
}
