package org.plait.runtime.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/** The messages are those of CPython 3.14.3 for functions with these signatures. */
class SignatureTest {
  @BeforeAll
  static void attach() {
    PlaitThread.attach(Scheduler.free(), "test").attachment = new ThreadState(new PyInterpreter());
  }

  @AfterAll
  static void detach() {
    PlaitThread.detach();
  }

  private static final class Table extends NativeTable {
    private final String type;
    private final String module;

    Table(String type, String module) {
      this.type = type;
      this.module = module;
    }

    @Override
    protected NativeDef[] createDefs() {
      return new NativeDef[0];
    }

    @Override
    public String typeName() {
      return type;
    }

    @Override
    public String moduleName() {
      return module;
    }
  }

  private static int kind(String kind) {
    return switch (kind) {
      case "method" -> NativeDef.METHOD;
      case "wrapper" -> NativeDef.WRAPPER;
      case "new" -> NativeDef.NEW;
      case "class" -> NativeDef.CLASS_METHOD;
      case "function" -> NativeDef.FUNCTION;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** {@code list.append} or, for functions, {@code math.sqrt}; the kind before a colon. */
  private static NativeDef def(String what, String sig) {
    String kind = what.substring(0, what.indexOf(':'));
    String owner = what.substring(what.indexOf(':') + 1, what.lastIndexOf('.'));
    String name = what.substring(what.lastIndexOf('.') + 1);
    return new NativeDef(new Table(owner, owner), 0, kind(kind), name, sig, null);
  }

  private static PyObject[] bind(NativeDef def, int positional, String... keywords) {
    PyObject[] args = new PyObject[positional + keywords.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = Py.int_(i);
    }
    return def.signature().bind(Py.int_(0), args, keywords.length == 0 ? null : keywords);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // callable | signature | positional arguments | keywords | message
        "method:list.clear|()|1||list.clear() takes no arguments (1 given)",
        "method:list.clear|()|0|x|list.clear() takes no keyword arguments",
        "function:builtins.globals|()|1||globals() takes no arguments (1 given)",
        "function:time.time|()|1||time.time() takes no arguments (1 given)",
        "method:list.append|(object, /)|0||list.append() takes exactly one argument (0 given)",
        "method:list.append|(object, /)|2||list.append() takes exactly one argument (2 given)",
        "function:math.sqrt|(x, /)|1|x|math.sqrt() takes no keyword arguments",
        "method:list.pop|(index=-1, /)|2||pop expected at most 1 argument, got 2",
        "method:list.insert|(index, object, /)|1||insert expected 2 arguments, got 1",
        "function:builtins.getattr|(o, name, d=NULL, /)|1||getattr expected at least 2 arguments,"
            + " got 1",
        "class:dict.fromkeys|(iterable, value=None, /)|3||fromkeys expected at most 2 arguments,"
            + " got 3",
        "class:dict.fromkeys|(iterable, value=None, /)|0|x|dict.fromkeys() takes no keyword"
            + " arguments",
        "function:_struct.f|(a, /, *args)|0||f expected at least 1 argument, got 0",
        "function:math.gcd|(*integers)|0|x|math.gcd() takes no keyword arguments",
        "method:list.sort|(*, key=None, reverse=False)|1||sort() takes no positional arguments",
        "method:list.sort|(*, key=None, reverse=False)|5||sort() takes at most 2 arguments (5"
            + " given)",
        "method:list.sort|(*, key=None, reverse=False)|0|a,b,c|sort() takes at most 2 keyword"
            + " arguments (3 given)",
        "method:list.sort|(*, key=None, reverse=False)|0|foo|sort() got an unexpected keyword"
            + " argument 'foo'",
        "method:str.encode|(encoding='utf-8', errors='strict')|3||encode() takes at most 2"
            + " arguments (3 given)",
        "method:str.encode|(encoding='utf-8', errors='strict')|1|encoding|argument for encode()"
            + " given by name ('encoding') and position (1)",
        "method:str.splitlines|(keepends=False)|0|keepends,x|splitlines() takes at most 1 keyword"
            + " argument (2 given)",
        "method:str.replace|(old, new, /, count=-1)|1||replace() takes at least 2 positional"
            + " arguments (1 given)",
        "method:str.replace|(old, new, /, count=-1)|2|counter|replace() got an unexpected keyword"
            + " argument 'counter'. Did you mean 'count'?",
        "method:str.replace|(old, new, /, count=-1)|0|old|replace() takes at least 2 positional"
            + " arguments (0 given)",
        "function:math.isclose|(a, b, *, rel_tol=1e-09, abs_tol=0.0)|1||isclose() missing required"
            + " argument 'b' (pos 2)",
        "function:math.isclose|(a, b, *, rel_tol=1e-09, abs_tol=0.0)|3||isclose() takes exactly 2"
            + " positional arguments (3 given)",
        "function:math.isclose|(a, b, *, rel_tol=1e-09, abs_tol=0.0)|2|a|argument for isclose()"
            + " given by name ('a') and position (1)",
        "function:math.isclose|(a, b, *, rel_tol=1e-09, abs_tol=0.0)|2|rel_to|isclose() got an"
            + " unexpected keyword argument 'rel_to'. Did you mean 'rel_tol'?",
        "function:math.prod|(iterable, /, *, start=1)|0||prod() takes exactly 1 positional argument"
            + " (0 given)",
        "function:math.prod|(iterable, /, *, start=1)|2||prod() takes exactly 1 positional argument"
            + " (2 given)",
        "function:math.prod|(iterable, /, *, start=1)|3||prod() takes at most 2 arguments (3"
            + " given)",
        "function:builtins.sum|(iterable, /, start=0)|0|start|sum() takes at least 1 positional"
            + " argument (0 given)",
        "function:builtins.compile|(source, filename, mode, flags=0, dont_inherit=False,"
            + " optimize=-1, *, f=-1)|7||compile() takes at most 6 positional arguments (7 given)",
        "function:os.fspath|(path)|0|foo|fspath() missing required argument 'path' (pos 1)",
        "function:os.fspath|(path)|2||fspath() takes at most 1 argument (2 given)",
        "new:bool.__new__|(object=False, /)|2||bool expected at most 1 argument, got 2",
        "new:int.__new__|(a=NULL, /, base=NULL)|0|bas|int() got an unexpected keyword argument"
            + " 'bas'. Did you mean 'base'?",
        "wrapper:list.__init__|(iterable=(), /)|2||list expected at most 1 argument, got 2",
        "wrapper:int.__add__|(value, /)|0||expected 1 argument, got 0",
        "wrapper:int.__add__|(value, /)|0|x|wrapper __add__() takes no keyword arguments",
        "wrapper:list.__len__|()|1||expected 0 arguments, got 1",
        "wrapper:int.__pow__|(value, mod=None, /)|3||expected 1 or 2 arguments, got 3",
        "wrapper:list.__setitem__|(key, value, /)|1||__setitem__ expected 2 arguments, got 1",
        "wrapper:f.__get__|(instance, owner=None, /)|0||__get__ expected at least 1 argument, got"
            + " 0",
        "wrapper:f.__get__|(instance, owner=None, /)|3||__get__ expected at most 2 arguments, got"
            + " 3",
        "wrapper:b.__buffer__|(flags, /)|0||__buffer__ expected 1 argument, got 0",
      })
  void raisesWhatCpythonRaises(
      String what, String sig, int positional, String keywords, String message) {
    String[] names = keywords == null ? new String[0] : keywords.split(",");
    assertThatThrownBy(() -> bind(def(what, sig), positional, names))
        .hasMessage("TypeError: " + message);
  }

  @Test
  void putsArgumentsInParameterOrder() {
    NativeDef f = def("function:m.f", "(a, /, b, c=0, *, d=None)");
    assertThat(bind(f, 1, "d", "b")).containsExactly(Py.int_(0), Py.int_(2), null, Py.int_(1));
    assertThat(bind(f, 3)).containsExactly(Py.int_(0), Py.int_(1), Py.int_(2), null);
  }

  @Test
  void collectsTheRest() {
    NativeDef f = def("function:m.f", "(a, *args, d=None, **kwargs)");
    PyObject[] r = bind(f, 3, "d", "z");
    assertThat(r).hasSize(4);
    assertThat(((org.plait.runtime.types.PyTuple) r[1]).size()).isEqualTo(2);
    assertThat(r[2]).isSameAs(Py.int_(3));
    assertThat(((org.plait.runtime.types.PyDict) r[3]).getStr("z")).isSameAs(Py.int_(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method:list.append|(object, /)|($self, object, /)",
        "method:list.sort|(*, key=None, reverse=False)|($self, /, *, key=None, reverse=False)",
        "method:list.clear|()|($self, /)",
        "method:dict.pop|(key, default=NULL, /)|($self, key, default=<unrepresentable>, /)",
        "class:dict.fromkeys|(iterable, value=None, /)|($type, iterable, value=None, /)",
        "function:builtins.len|(obj, /)|($module, obj, /)",
        "wrapper:int.__add__|(other, /)|($self, value, /)",
        "new:int.__new__|(x, /)|($type, *args, **kwargs)",
      })
  void showsTextSignatures(String what, String sig, String text) {
    assertThat(def(what, sig).textSignature()).isEqualTo(text);
  }
}
