package org.plait.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposeProcessorTest {
  private static final int HOTSPOT_LIMIT = 8_000;

  private static final String IMPORTS =
      """
      package sample;
      import org.plait.processor.annotation.*;
      import org.plait.processor.annotation.PyTypeDef;
      import org.plait.runtime.object.*;
      import org.plait.runtime.types.*;
      @interface Nullable {}
      """;

  /** A compiled sample with its table, called by reflection. */
  private static final class Sample {
    final Compilation c;
    final Class<?> tableClass;
    final Object table;
    final Class<?> object;

    Sample(Compilation c, String tableName) throws ReflectiveOperationException {
      assertThat(c.errors).isEmpty();
      this.c = c;
      tableClass = c.load(tableName);
      table = tableClass.getField("INSTANCE").get(null);
      object = c.load("org.plait.runtime.object.PyObject");
    }

    Object make(String cls, Object... args) throws ReflectiveOperationException {
      return c.load(cls).getConstructors()[0].newInstance(args);
    }

    Object value(Object v) throws ReflectiveOperationException {
      return make("org.plait.runtime.object.Value", v);
    }

    int id(String name) throws ReflectiveOperationException {
      for (Object d : (Object[]) tableClass.getMethod("defs").invoke(table)) {
        String[] words = d.toString().split(" ");
        if (words[2].equals(name)) {
          return Integer.parseInt(words[0]);
        }
      }
      throw new AssertionError(name);
    }

    List<String> defs() throws ReflectiveOperationException {
      return Arrays.stream((Object[]) tableClass.getMethod("defs").invoke(table))
          .map(Object::toString)
          .toList();
    }

    Object call(String name, Object self, Object... args) throws Exception {
      Method m =
          Arrays.stream(tableClass.getMethods())
              .filter(x -> x.getName().equals("call" + args.length))
              .findFirst()
              .orElseThrow();
      Object[] all = new Object[args.length + 2];
      all[0] = id(name);
      all[1] = self;
      System.arraycopy(args, 0, all, 2, args.length);
      return invoke(m, all);
    }

    Object bound(String name, Object self, Object... args) throws Exception {
      Object array = java.lang.reflect.Array.newInstance(object, args.length);
      System.arraycopy(args, 0, array, 0, args.length);
      Method m = tableClass.getMethod("callN", int.class, object, array.getClass());
      return invoke(m, id(name), self, array);
    }

    Object get(String name, Object self) throws Exception {
      return invoke(tableClass.getMethod("get", int.class, object), id(name), self);
    }

    void set(String name, Object self, Object value) throws Exception {
      invoke(tableClass.getMethod("set", int.class, object, object), id(name), self, value);
    }

    private Object invoke(Method m, Object... args) throws Exception {
      try {
        return m.invoke(table, args);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof Exception x ? x : e;
      }
    }
  }

  private static Sample sample(String body) throws Exception {
    return sample("@PyTypeDef(name = \"x\")", body);
  }

  private static Sample sample(String annotation, String body) throws Exception {
    String source =
        IMPORTS
            + annotation
            + """
             public class X extends PyObject {
              public static final PyType TYPE = PyType.builtin(XTable.INSTANCE);
              public X() {}
              public PyType type() { return TYPE; }
            """
            + body
            + "}";
    return new Sample(Compilation.of("sample.X", source), "sample.XTable");
  }

  private static List<String> errors(String body) throws Exception {
    String source =
        IMPORTS
            + "@PyTypeDef(name = \"x\") public class X extends PyObject {"
            + "public PyType type() { return null; }"
            + body
            + "}";
    return Compilation.of("sample.X", source).errors;
  }

  @Test
  void callsMethodsByArityWithDefaultsAndConversions() throws Exception {
    Sample s =
        sample(
            """
            @PyMethod(sig = "(a, b=7, c='x', /)")
            String f(PyObject a, long b, String c) { return a + "|" + b + "|" + c; }
            @PyMethod void nothing() {}
            @PyMethod double half(double v) { return v / 2; }
            @PyMethod boolean not(boolean v) { return !v; }
            @PyMethod(sig = "(n=None, /)") String opt(@Nullable String n) { return n; }
            @PyMethod PyTuple same(PyTuple t) { return t; }
            """);
    Object x = s.make("sample.X");
    assertThat(s.call("f", x, s.value(1))).hasToString("1|7|x");
    assertThat(s.call("f", x, s.value(1), s.value(2L))).hasToString("1|2|x");
    assertThat(s.call("f", x, s.value(1), s.value(2L), s.value("y"))).hasToString("1|2|y");
    assertThatThrownBy(() -> s.call("f", x)).hasMessage("arity 0");
    assertThat(s.call("nothing", x)).hasToString("None");
    assertThat(s.call("half", x, s.value(3))).hasToString("1.5");
    assertThat(s.call("not", x, s.value(3))).hasToString("True");
    assertThat(s.call("opt", x)).hasToString("None");
    assertThat(s.call("opt", x, s.value("q"))).hasToString("q");
    assertThatThrownBy(() -> s.call("same", x, s.value(1)))
        .hasMessage("same() argument must be tuple");
    assertThatThrownBy(() -> s.call("f", x, s.value(1), s.value(2), s.value(3)))
        .hasMessage("f() argument 3 must be str");
    assertThatThrownBy(() -> s.call("nothing", s.value(5))).hasMessage("wrong self 5");
  }

  @Test
  void fillsVariableAndKeywordParameters() throws Exception {
    Sample s =
        sample(
            """
            @PyMethod(sig = "(a, *args, key=None, n=3, **kwargs)")
            String g(PyObject a, PyTuple args, PyObject key, int n, PyDict kwargs) {
              return a + "|" + args + "|" + key + "|" + n + "|" + kwargs;
            }
            @PyMethod(sig = "(*, key)") PyObject need(PyObject key) { return key; }
            @PyMethod(sig = "(x, default=NULL, /)")
            String gone(PyObject x, @Nullable PyObject d) { return "" + d; }
            """);
    Object x = s.make("sample.X");
    assertThat(s.call("g", x, s.value(1), s.value(2))).hasToString("1|[2]|None|3|{}");
    assertThatThrownBy(() -> s.call("need", x)).hasMessage("arity 0");
    assertThat(s.bound("need", x, s.value(4))).hasToString("4");
    assertThat(s.call("gone", x, s.value(1))).hasToString("null");
    Object tuple = s.c.load("org.plait.runtime.object.Py").getField("EmptyTuple").get(null);
    assertThat(s.bound("g", x, s.value(1), tuple, null, s.value(9), null))
        .hasToString("1|[]|None|9|null");
  }

  @Test
  void knowsTheKindsOfMethods() throws Exception {
    Sample s =
        sample(
            """
            @PyNew(sig = "(a=1, /)") static PyObject new_(PyType cls, PyObject a) { return a; }
            @PyMethod(name = "__len__") int len() { return 3; }
            @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
            PyObject concat(PyObject o) { return o; }
            @PyMethod(name = "__getitem__", kind = SlotKind.METHOD)
            PyObject item(PyObject o) { return o; }
            @PyMethod(name = "__round__") static PyObject round(X self) { return Py.None; }
            @PyClassMethod static String make(PyType cls) { return "made"; }
            @PyStaticMethod(doc = "d") static String plain() { return "plain"; }
            @PyMethod(raw = true) int count(PyObject[] args, String[] kwnames) {
              return args.length;
            }
            @PyMethod PyObject import_(PyObject from_) { return from_; }
            """);
    assertThat(s.defs())
        .containsExactly(
            "0 5 __new__ (a=1, /) null",
            "1 1 __len__ () null",
            "2 2 __add__ (o, /) null",
            "3 0 __getitem__ (o, /) null",
            "4 0 __round__ () null",
            "5 3 make () null",
            "6 4 plain () d",
            "7 16 count null null",
            "8 0 import (from, /) null");
    Object x = s.make("sample.X");
    assertThat(s.call("__len__", x)).hasToString("3");
    assertThat(s.call("__new__", null)).hasToString("1");
    assertThat(s.call("make", null)).hasToString("made");
    assertThat(s.call("plain", null)).hasToString("plain");
    assertThat(s.call("count", x, s.value(1), s.value(2))).hasToString("2");
    assertThat(s.tableClass.getMethod("signature").invoke(s.table)).isEqualTo("(a=1, /)");
  }

  @Test
  void givesOperatorsTheirOperandsInSourceOrder() throws Exception {
    Sample s =
        sample(
            """
            public String toString() { return "x"; }
            @PyBinary("sub") static String sub(PyObject a, PyObject b) { return a + "-" + b; }
            @PyBinary("pow") static String pow(PyObject a, PyObject b, PyObject m) {
              return a + "**" + b + "%" + m;
            }
            @PyBinary(value = "or", inplace = true)
            static String ior(PyObject a, PyObject b) { return a + "|=" + b; }
            @PyRichCompare String cmp(PyObject o, int op) { return o + ":" + op; }
            """);
    Object x = s.make("sample.X");
    assertThat(s.call("__sub__", x, s.value(1))).hasToString("x-1");
    assertThat(s.call("__rsub__", x, s.value(1))).hasToString("1-x");
    assertThat(s.call("__pow__", x, s.value(2))).hasToString("x**2%None");
    assertThat(s.call("__rpow__", x, s.value(2), s.value(5))).hasToString("2**x%5");
    assertThat(s.call("__ior__", x, s.value(2))).hasToString("x|=2");
    assertThat(s.call("__lt__", x, s.value(2))).hasToString("2:0");
    assertThat(s.call("__ge__", x, s.value(2))).hasToString("2:5");
  }

  @Test
  void readsAndWritesAttributes() throws Exception {
    Sample s =
        sample(
            """
            @PyMember final PyObject fixed = null;
            @PyMember(readonly = false) volatile PyObject free;
            @PyMember(value = "n", readonly = false) volatile int number = 4;
            @PyMember(required = true) final PyObject must = null;
            private String text = "t";
            @PyGetter("text") String getText() { return text; }
            @PySetter("text") void setText(String s) { text = s; }
            @PyGetter("any") static PyObject any(X self) { return self.free; }
            @PySetter("any") static void any(X self, @Nullable PyObject v) { self.free = v; }
            """);
    Object x = s.make("sample.X");
    assertThat(s.get("fixed", x)).hasToString("None");
    s.set("free", x, s.value(8));
    assertThat(s.get("free", x)).hasToString("8");
    s.set("any", x, null);
    assertThat(s.get("free", x)).hasToString("None");
    s.set("n", x, s.value(5));
    assertThat(s.get("n", x)).hasToString("5");
    s.set("text", x, s.value("u"));
    assertThat(s.get("text", x)).hasToString("u");
    assertThatThrownBy(() -> s.set("text", x, null)).hasMessage("can't delete text");
    assertThatThrownBy(() -> s.get("must", x)).hasMessage("can't delete must");
    assertThatThrownBy(() -> s.set("fixed", x, null)).hasMessage("arity -4");
    assertThat(s.defs()).contains("1 40 free null null", "4 39 text null null");
  }

  @Test
  void generatesDerivedClassesForSubclassableTypes() throws Exception {
    String source =
        IMPORTS
            + """
            @PyTypeDef(name = "x", subclassable = true, flags = TypeFlag.WEAKREF)
            public class X extends PyObject {
              public static final PyType TYPE = PyType.builtin(XTable.INSTANCE);
              final int n;
              protected X(int n, String... rest) { this.n = n; }
              private X() { n = 0; }
              public PyType type() { return TYPE; }
              static PyObject derive(PyType t) { return new XDerived(t, 5, new String[0]); }
            }
            @PyTypeDef(name = "y", subclassable = true)
            class Y extends PyInstance {
              public static final PyType TYPE = PyType.builtin(YTable.INSTANCE);
              Y(PyType t) { super(t); }
            }
            """;
    Compilation c = Compilation.of("sample.X", source);
    assertThat(c.errors).isEmpty();
    assertThat(c.classes).containsKeys("sample.XDerived", "sample.YTable");
    assertThat(c.classes).doesNotContainKey("sample.YDerived");
    Object table = c.load("sample.XTable").getField("INSTANCE").get(null);
    assertThat(table.getClass().getMethod("flags").invoke(table)).isEqualTo(5);
  }

  @Test
  void leavesInheritedMethodsToTheBase() throws Exception {
    String source =
        IMPORTS
            + """
            @PyTypeDef(name = "x") public class X extends PyObject {
              public static final PyType TYPE = PyType.builtin(XTable.INSTANCE);
              public PyType type() { return TYPE; }
              @PyMethod void base() {}
              @PyTypeDef(name = "inner", module = "m", base = X.class)
              public static class Inner extends Middle {
                public static final PyType TYPE = PyType.builtin(XInnerTable.INSTANCE);
                @PyMethod void own() {}
              }
              static class Middle extends X {
                @PyMethod void shared() {}
              }
            }
            """;
    Compilation c = Compilation.of("sample.X", source);
    Sample s = new Sample(c, "sample.XInnerTable");
    assertThat(s.defs()).containsExactly("0 0 shared () null", "1 0 own () null");
    assertThat(s.tableClass.getMethod("base").invoke(s.table))
        .isSameAs(c.load("sample.X").getField("TYPE").get(null));
    assertThat(s.tableClass.getMethod("moduleName").invoke(s.table)).isEqualTo("m");
  }

  @Test
  void makesModuleTablesAroundTheModuleObject() throws Exception {
    String source =
        IMPORTS
            + """
            @PyModuleDef(name = "demo", doc = "Say \\"hi\\"\\n")
            public final class X {
              int calls;
              public NativeTable table() { return new XTable(this); }
              @PyFunction(sig = "(x, /)") static double twice(double x) { return 2 * x; }
              @PyFunction int count() { return ++calls; }
            }
            """;
    Compilation c = Compilation.of("sample.X", source);
    assertThat(c.errors).isEmpty();
    Object module = c.load("sample.X").getConstructor().newInstance();
    Object table = c.load("sample.X").getMethod("table").invoke(module);
    Class<?> object = c.load("org.plait.runtime.object.PyObject");
    Method call0 = table.getClass().getMethod("call0", int.class, object);
    call0.invoke(table, 1, null);
    assertThat(call0.invoke(table, 1, null)).hasToString("2");
    assertThat(table.getClass().getMethod("doc").invoke(table)).isEqualTo("Say \"hi\"\n");
  }

  @Test
  void keepsGeneratedMethodsSmallEnoughForHotspot() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      body.append("@PyMethod(sig = \"(a, b=0, c='s', d=None)\") PyObject m")
          .append(i)
          .append("(PyTuple a, long b, String c, @Nullable String d) { return a; }\n");
    }
    Sample s = sample(body.toString());
    byte[] b = s.c.classes.get("sample.XTable");
    for (MethodModel m : ClassFile.of().parse(b).methods()) {
      int length = m.code().map(x -> ((CodeAttribute) x).codeLength()).orElse(0);
      assertThat(length).as(m.methodName().stringValue()).isLessThan(HOTSPOT_LIMIT);
    }
    Object x = s.make("sample.X");
    Object t = s.c.load("org.plait.runtime.object.Py").getField("EmptyTuple").get(null);
    assertThat(s.call("m0", x, t)).isSameAs(t);
    assertThat(s.call("m399", x, t, s.value(1))).isSameAs(t);
    assertThat(s.bound("m250", x, t, null, null, null)).isSameAs(t);
  }

  @Test
  void reportsBadAnnotations() throws Exception {
    assertThat(errors("@PyMethod(sig = \"(a\") void f(PyObject a) {}"))
        .containsExactly("bad sig \"(a\": must be in parentheses");
    assertThat(errors("@PyMethod(sig = \"(a=1, b)\") void f(PyObject a, PyObject b) {}"))
        .containsExactly("bad sig \"(a=1, b)\": parameter 'b' without default follows one with");
    assertThat(errors("@PyMethod(sig = \"(a, b)\") void f(PyObject a) {}"))
        .containsExactly("sig has 2 parameters, the Java method has 1 (self, cls not counted)");
    assertThat(errors("@PyMethod void f() {} @PyMethod(name = \"f\") void g() {}"))
        .containsExactly("Python name 'f' is defined twice");
    assertThat(errors("@PyMethod void f(Thread t) {}"))
        .containsExactly("no conversion from a Python argument to java.lang.Thread");
    assertThat(errors("@PyMethod Thread f() { return null; }"))
        .containsExactly("no conversion from java.lang.Thread to a Python object");
    assertThat(errors("@PyMethod(sig = \"(n=x)\") void f(int n) {}"))
        .containsExactly("default x of 'n' has no meaning for int");
    assertThat(errors("@PyMethod private void f() {}"))
        .containsExactly("must not be private: the generated table couldn't reach it");
    assertThat(errors("@PyNew PyObject f() { return null; }"))
        .contains("@PyNew needs a static Java method");
    assertThat(errors("@PySetter(\"a\") void f(PyObject v) {}"))
        .containsExactly("no @PyGetter(\"a\") goes with this setter");
    assertThat(errors("@PyMember(readonly = false) PyObject f;"))
        .containsExactly("a writable member must be volatile: threads may race on it");
    assertThat(
            errors("@PyBinary(\"plus\") static PyObject f(PyObject a, PyObject b) { return a; }"))
        .containsExactly("'plus' is no binary operator");
    assertThat(errors("@PyFunction void f() {}"))
        .containsExactly("@PyFunction has no meaning here");
    assertThat(
            errors(
                "@PyMethod(name = \"__sub__\", kind = SlotKind.SQ_CONCAT) PyObject f(PyObject a)"
                    + " { return a; }"))
        .containsExactly("SQ_CONCAT is for __add__, not __sub__");
    assertThat(errors("@PyMethod void f(PyObject[] a, String[] k) {}"))
        .containsExactly("the parameters are those of a raw method: say raw = true");
  }
}
