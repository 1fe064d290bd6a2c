package org.plait.stress.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.plait.runtime.io.PyBufferedReader;
import org.plait.runtime.io.PyBufferedWriter;
import org.plait.runtime.io.PyBytesIO;
import org.plait.runtime.io.PyStringIO;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** File objects that threads share: what one call writes or reads stays together. */
public final class FileStress {
  private static PyObject make(PyType type, PyObject... args) {
    return Python.in(() -> type.call(args, null));
  }

  private static PyObject bytes(String s) {
    return Py.bytes(s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static String text(PyObject bytes) {
    return Python.call(bytes, "decode", Py.str("latin-1")).toString();
  }

  private FileStress() {}

  /** Two threads write. */
  @JCStressTest
  @Outcome(id = "6, true", expect = Expect.ACCEPTABLE, desc = "none lost, none torn")
  @State
  public static class BytesIo {
    private final PyObject f = make(PyBytesIO.TYPE);

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            Python.call(f, "write", bytes("abc"));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            Python.call(f, "write", bytes("xyz"));
          });
    }

    /** Looks. */
    @Arbiter
    public void end(LL_Result r) {
      String s = text(Python.call(f, "getvalue"));
      r.r1 = s.length();
      r.r2 = s.equals("abcxyz") || s.equals("xyzabc");
    }
  }

  /** Two threads write. */
  @JCStressTest
  @Outcome(id = "6, true", expect = Expect.ACCEPTABLE, desc = "none lost, none torn")
  @State
  public static class StringIo {
    private final PyObject f = make(PyStringIO.TYPE);

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            Python.call(f, "write", Py.str("abc"));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            Python.call(f, "write", Py.str("xyz"));
          });
    }

    /** Looks. */
    @Arbiter
    public void end(LL_Result r) {
      Python.act(
          () -> {
            String s = Python.call(f, "getvalue").toString();
            r.r1 = s.length();
            r.r2 = s.equals("abcxyz") || s.equals("xyzabc");
          });
    }
  }

  /** Two threads write more than the buffer takes. */
  @JCStressTest
  @Outcome(id = "6, true", expect = Expect.ACCEPTABLE, desc = "none lost, none torn")
  @State
  public static class Buffered {
    private final PyObject raw = make(PyBytesIO.TYPE);
    private final PyObject f = make(PyBufferedWriter.TYPE, raw, Py.int_(4));

    /** First. */
    @Actor
    public void first() {
      Python.act(
          () -> {
            Python.call(f, "write", bytes("abc"));
          });
    }

    /** Second. */
    @Actor
    public void second() {
      Python.act(
          () -> {
            Python.call(f, "write", bytes("xyz"));
            Python.call(f, "flush");
          });
    }

    /** Looks. */
    @Arbiter
    public void end(LL_Result r) {
      Python.act(
          () -> {
            Python.call(f, "flush");
            String s = text(Python.call(raw, "getvalue"));
            r.r1 = s.length();
            r.r2 = s.equals("abcxyz") || s.equals("xyzabc");
          });
    }
  }

  /** Two threads read. */
  @JCStressTest
  @Outcome(
      id = {"12, 34", "34, 12"},
      expect = Expect.ACCEPTABLE,
      desc = "each byte once")
  @State
  public static class Reading {
    private final PyObject f = make(PyBufferedReader.TYPE, make(PyBytesIO.TYPE, bytes("1234")));

    /** First. */
    @Actor
    public void first(LL_Result r) {
      Python.act(
          () -> {
            r.r1 = text(Python.call(f, "read", Py.int_(2)));
          });
    }

    /** Second. */
    @Actor
    public void second(LL_Result r) {
      Python.act(
          () -> {
            r.r2 = text(Python.call(f, "read", Py.int_(2)));
          });
    }
  }

  /** Two threads read lines. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "each line once")
  @State
  public static class ReadLines {
    private final PyObject f = make(PyStringIO.TYPE, Py.str("1\n2\n"));

    /** First. */
    @Actor
    public void first(LL_Result r) {
      Python.act(
          () -> {
            r.r1 = Python.call(f, "readline").toString().strip();
          });
    }

    /** Second. */
    @Actor
    public void second(LL_Result r) {
      Python.act(
          () -> {
            r.r2 = Python.call(f, "readline").toString().strip();
          });
    }
  }
}
