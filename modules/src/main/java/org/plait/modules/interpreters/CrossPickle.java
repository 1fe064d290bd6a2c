package org.plait.modules.interpreters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.syntax.parser.PythonParser;

/**
 * A pickled object. What it takes from {@code __main__} the other interpreter gets from the script
 * that was the main program here, run under another name in a module that nobody else sees.
 */
final class CrossPickle extends CrossData {
  private static final String FAKE_MAIN = "<fake __main__>";

  private final PyObject pickled;

  /** The file of the program's main module, or null. */
  private final @Nullable String mainFile;

  /** The stand-ins for main programs of other interpreters, by their file, of one interpreter. */
  private static final class FakeMains {
    private final PyDict modules = new PyDict();

    /** {@code unpickling.py}, once it is needed. */
    private volatile @Nullable PyModule unpickling;

    PyModule unpickling() {
      PyModule m = unpickling;
      if (m == null) {
        m = new PyModule("plait.unpickling");
        m.add("__builtins__", ThreadState.current().interpreter.modules.getStr("builtins"));
        PyCode code = Compiling.compileSource(source(), "<unpickling>", PythonParser.Mode.EXEC, 0);
        Compiling.run(code, m.dict(), m.dict(), null);
        unpickling = m;
      }
      return m;
    }

    private static byte[] source() {
      try (InputStream in = CrossPickle.class.getResourceAsStream("unpickling.py")) {
        if (in == null) {
          throw new IllegalStateException("the resource unpickling.py is missing");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @throws PyException NotShareableError if the object can't be pickled
   */
  CrossPickle(PyObject o) {
    try {
      pickled = PyCalls.callMethod(Imports.importModule("pickle"), "dumps", o);
    } catch (PyException e) {
      throw InterpreterErrors.notShareable("object could not be pickled", e.value);
    }
    mainFile = mainFile();
  }

  private static @Nullable String mainFile() {
    PyObject main = Session.mainModule(ThreadState.current().interpreter);
    PyObject file = main == null ? null : PyObjects.getOptionalAttr(main, "__file__");
    return file instanceof PyStr s && !s.toString().isEmpty() ? s.toString() : null;
  }

  @Override
  PyObject rebuild() {
    try {
      try {
        return PyCalls.callMethod(Imports.importModule("pickle"), "loads", pickled);
      } catch (PyException e) {
        if (mainFile == null || !isMissingInMain(e)) {
          throw e;
        }
        return withFakeMain(mainFile, e);
      }
    } catch (PyException e) {
      throw InterpreterErrors.notShareable("object could not be unpickled", e.value);
    }
  }

  private static boolean isMissingInMain(PyException e) {
    return e.matches(Exceptions.AttributeError)
        && PyObjects.str(e.value).toString().contains("'__main__'");
  }

  private PyObject withFakeMain(String file, PyException missing) {
    FakeMains fakes = ThreadState.current().interpreter.state(FakeMains.class, FakeMains::new);
    PyObject fake = fakeMain(fakes.modules, file, missing);
    return PyObjects.getAttr(fakes.unpickling(), "loads").call2(pickled, fake);
  }

  private static PyObject fakeMain(PyDict known, String file, PyException missing) {
    PyObject fake = known.getStr(file);
    if (fake != null) {
      return fake;
    }
    PyObject namespace;
    try {
      namespace =
          PyObjects.getAttr(Imports.importModule("runpy"), "run_path")
              .call(
                  new PyObject[] {PyStr.of(file), PyStr.of(FAKE_MAIN)}, new String[] {"run_name"});
    } catch (PyException e) {
      // What was missing at first tells more than why the script can't be run.
      throw missing;
    }
    PyModule made = new PyModule(FAKE_MAIN);
    made.dict().update(namespace);
    return known.setdefault(PyStr.of(file), made);
  }
}
