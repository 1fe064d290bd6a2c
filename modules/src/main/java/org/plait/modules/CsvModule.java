package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.csv.CsvDialect;
import org.plait.modules.csv.CsvReader;
import org.plait.modules.csv.CsvState;
import org.plait.modules.csv.CsvWriter;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _csv}. */
@PyModuleDef(name = "_csv", doc = "CSV parsing and writing.\n")
public final class CsvModule implements NativeModule {
  private static final String[] QUOTING = {
    "QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL"
  };

  @Override
  public NativeTable table() {
    return new CsvModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("Dialect", CsvDialect.TYPE);
    module.add("Reader", CsvReader.TYPE);
    module.add("Writer", CsvWriter.TYPE);
    module.add("Error", CsvState.ERROR);
    module.add("_dialects", CsvState.DIALECTS);
    for (int i = 0; i < QUOTING.length; i++) {
      module.add(QUOTING[i], Py.int_(i));
    }
  }

  /** The arguments behind the first, as a dialect. */
  private static CsvDialect dialect(String function, PyObject[] args, String @Nullable [] kwnames) {
    int given = PyCalls.positional(args, kwnames);
    if (given < 1 || given > 2) {
      throw Errors.typeError(
          function
              + " expected at "
              + (given < 1 ? "least 1 argument" : "most 2 arguments")
              + ", got "
              + given);
    }
    PyObject base = given > 1 ? args[1] : null;
    int n = args.length - given;
    String[] names = kwnames == null ? new String[0] : kwnames;
    PyObject[] values = java.util.Arrays.copyOfRange(args, given, args.length);
    for (int k = 0; k < n; k++) {
      if (names[k].equals("dialect")) {
        base = values[k];
        names = without(names, k);
        PyObject[] rest = new PyObject[n - 1];
        System.arraycopy(values, 0, rest, 0, k);
        System.arraycopy(values, k + 1, rest, k, n - 1 - k);
        values = rest;
        break;
      }
    }
    return base == null
        ? CsvDialect.of(Py.None, values, names)
        : CsvDialect.of(base, values, names);
  }

  private static String[] without(String[] names, int k) {
    String[] rest = new String[names.length - 1];
    System.arraycopy(names, 0, rest, 0, k);
    System.arraycopy(names, k + 1, rest, k, rest.length - k);
    return rest;
  }

  @PyFunction(
      sig = "(iterable, /, dialect='excel', **fmtparams)",
      raw = true,
      doc = "Reads rows from the lines of an iterable, as a file or a list.")
  static PyObject reader(PyObject[] args, String @Nullable [] kwnames) {
    CsvDialect d = dialect("reader", args, kwnames);
    return new CsvReader(args[0], d);
  }

  @PyFunction(
      sig = "(fileobj, /, dialect='excel', **fmtparams)",
      raw = true,
      doc = "Writes rows to an object that has a write method.")
  static PyObject writer(PyObject[] args, String @Nullable [] kwnames) {
    CsvDialect d = dialect("writer", args, kwnames);
    return new CsvWriter(args[0], d);
  }

  @PyFunction(
      name = "register_dialect",
      sig = "(name, /, dialect='excel', **fmtparams)",
      raw = true,
      doc = "Gives a dialect a name.")
  static PyObject registerDialect(PyObject[] args, String @Nullable [] kwnames) {
    int given = PyCalls.positional(args, kwnames);
    if (given > 0 && given <= 2 && !(args[0] instanceof PyStr)) {
      throw Errors.typeError("dialect name must be a string");
    }
    CsvState.DIALECTS.put(
        given > 0 ? args[0] : Py.None, dialect("register_dialect", args, kwnames));
    return Py.None;
  }

  @PyFunction(name = "unregister_dialect", sig = "(name)", doc = "Delete the name/dialect mapping.")
  static void unregisterDialect(PyObject name) {
    CsvState.dialect(name);
    CsvState.DIALECTS.remove(name);
  }

  @PyFunction(name = "get_dialect", sig = "(name)", doc = "Return the dialect instance for a name.")
  static PyObject getDialect(PyObject name) {
    return CsvState.dialect(name);
  }

  @PyFunction(name = "list_dialects", sig = "()", doc = "The names of the dialects.")
  static PyObject listDialects() {
    return Py.list(CsvState.DIALECTS.snapshotKeys());
  }

  @PyFunction(
      name = "field_size_limit",
      sig = "(new_limit=NULL)",
      doc =
          "The limit on the length of a field; with an argument sets it and returns "
              + "the old one.")
  static long fieldSizeLimit(@Nullable PyObject newLimit) {
    long old = CsvState.fieldLimit;
    if (newLimit != null) {
      if (!(newLimit instanceof PyInt)) {
        throw Errors.typeError("limit must be an integer");
      }
      CsvState.fieldLimit = ArgumentConverters.toSsize(newLimit);
    }
    return old;
  }
}
