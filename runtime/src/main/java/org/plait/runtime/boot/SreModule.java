package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.text.sre.SreChars;
import org.plait.runtime.text.sre.SrePattern;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyTuple;

/** {@code _sre}: the regular expression engine below {@code re}. */
@PyModuleDef(name = "_sre")
public final class SreModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SreModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("MAGIC", Py.int_(SrePattern.MAGIC));
    module.add("CODESIZE", Py.int_(SrePattern.CODESIZE));
    module.add("MAXREPEAT", Py.int_(SrePattern.MAXREPEAT));
    module.add("MAXGROUPS", Py.int_(SrePattern.MAXGROUPS));
    module.add("copyright", Py.str("Regular expression engine of Plait, SRE code 2.2.2"));
  }

  @PyFunction(sig = "(pattern, flags, code, groups, groupindex, indexgroup)")
  static PyObject compile(
      PyObject pattern,
      int flags,
      PyList code,
      long groups,
      PyDict groupindex,
      PyTuple indexgroup) {
    PyObject[] words = code.toArray();
    int[] c = new int[words.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = word(words[i]);
    }
    if (pattern != Py.None) {
      new SreSubject(pattern);
    }
    SrePattern p = new SrePattern(c, flags, (int) Math.clamp(groups, 0, SrePattern.MAXGROUPS));
    try {
      p.validate();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Errors.runtimeError("invalid SRE code");
    }
    return new RePattern(p, pattern, groupindex, indexgroup);
  }

  private static int word(PyObject o) {
    if (!(o instanceof PyInt i)) {
      throw Errors.typeError("an integer is required");
    }
    if (i.signum() < 0) {
      throw Errors.overflowError("can't convert negative value to unsigned int");
    }
    if (!i.isLong() || i.longValue() > 0xffffffffL) {
      throw Errors.overflowError("regular expression code size limit exceeded");
    }
    return (int) i.longValue();
  }

  @PyFunction(sig = "(pattern, template, /)")
  static PyObject template(PyObject pattern, PyList template) {
    return new ReTemplate(template);
  }

  @PyFunction(sig = "()")
  static int getcodesize() {
    return SrePattern.CODESIZE;
  }

  @PyFunction(name = "ascii_iscased", sig = "(character, /)")
  static boolean asciiIscased(int character) {
    return SreChars.isAsciiCased(character);
  }

  @PyFunction(name = "unicode_iscased", sig = "(character, /)")
  static boolean unicodeIscased(int character) {
    return SreChars.isUnicodeCased(character);
  }

  @PyFunction(name = "ascii_tolower", sig = "(character, /)")
  static int asciiTolower(int character) {
    return SreChars.asciiLower(character);
  }

  @PyFunction(name = "unicode_tolower", sig = "(character, /)")
  static int unicodeTolower(int character) {
    return SreChars.unicodeLower(character);
  }
}
