package org.plait.runtime.interp;

import java.util.Arrays;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.boot.BuiltinFunctions;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * Names, containers, functions: opcodes that go through one switch. See {@link Opcode} for each.
 */
final class ColdOps {
  private ColdOps() {}

  static void exec(ColdInstr i, PyFrame f, PyObject[] r) {
    int a = i.a;
    int b = i.b;
    int c = i.c;
    switch (i.op) {
      // cells and names
      case DELETE_LOCAL -> {
        if (r[a] == null) {
          throw BasicInstrs.unboundLocal(f.code.unit.varNames[a]);
        }
        r[a] = null;
      }
      case COPY_FREE_VARS -> System.arraycopy(f.function.closure, 0, r, a, b);
      case MAKE_CELL -> {
        PyObject content = b >= 0 ? r[b] : null;
        if (b >= 0) {
          r[b] = null;
        }
        r[a] = new PyCell(content);
      }
      case DELETE_DEREF -> {
        PyCell cell = (PyCell) r[a];
        if (cell.get() == null) {
          throw BasicInstrs.emptyCell(f.code, a);
        }
        cell.set(null);
      }
      case LOAD_FROM_DICT_OR_DEREF -> {
        PyObject v = Names.fromMapping(r[b], f.code.unit.cellName(c));
        if (v == null) {
          v = ((PyCell) r[c]).get();
          if (v == null) {
            throw BasicInstrs.emptyCell(f.code, c);
          }
        }
        r[a] = v;
      }
      case LOAD_NAME -> r[a] = Names.loadName(f, i.name(b));
      case STORE_NAME -> Names.storeName(f, i.name(a), i.valueB(r));
      case DELETE_NAME -> Names.deleteName(f, i.name(a));
      case STORE_GLOBAL -> f.globals.putStr(i.name(a), i.valueB(r));
      case DELETE_GLOBAL -> Names.deleteGlobal(f, i.name(a));
      case LOAD_FROM_DICT_OR_GLOBALS -> {
        PyObject v = Names.fromMapping(r[b], i.name(c));
        r[a] = v != null ? v : Names.loadGlobal(f, i.name(c));
      }
      case LOAD_LOCALS -> {
        if (f.locals == null) {
          throw Errors.systemError("no locals");
        }
        r[a] = f.locals;
      }
      case LOAD_BUILD_CLASS -> r[a] = Names.loadBuildClass(f);
      case LOAD_COMMON_CONSTANT -> r[a] = commonConstant(b);
      case SETUP_ANNOTATIONS -> Names.setupAnnotations(f);
      // attributes and subscripts
      case DELETE_ATTR -> PyObjects.delAttr(r[a], i.name(b));
      case LOAD_SUPER_ATTR, LOAD_ZERO_SUPER_ATTR ->
          r[a] = SuperOps.loadAttr(r, b, i.name(c), i.op == Opcode.LOAD_ZERO_SUPER_ATTR);
      case LOAD_SUPER_METHOD, LOAD_ZERO_SUPER_METHOD ->
          SuperOps.loadMethod(r, a, b, i.name(c), i.op == Opcode.LOAD_ZERO_SUPER_METHOD);
      case STORE_SUBSCR -> PyMappings.setItem(r[a], i.valueB(r), i.valueC(r));
      case DELETE_SUBSCR -> PyMappings.delItem(r[a], i.valueB(r));
      case BINARY_SLICE -> r[a] = PySequences.getSlice(r[b], r[c], r[c + 1]);
      case STORE_SLICE ->
          PyMappings.setItem(r[a], new PySlice(r[b], r[b + 1], Py.None), i.valueC(r));
      case BUILD_SLICE -> r[a] = new PySlice(r[b], r[b + 1], c == 3 ? r[b + 2] : Py.None);
      // operators
      case UNARY_NEGATIVE -> r[a] = PyNumbers.negative(r[b]);
      case UNARY_INVERT -> r[a] = PyNumbers.invert(r[b]);
      case UNARY_POSITIVE -> r[a] = PyNumbers.positive(r[b]);
      case UNARY_NOT -> r[a] = Py.bool_(!OpcodeImpl.truth(r[b]));
      case TO_BOOL -> r[a] = Py.bool_(OpcodeImpl.truth(r[b]));
      case GET_ITER -> r[a] = OpcodeImpl.iter(r[b]);
      case GET_LEN -> r[a] = Py.int_(PySequences.length(r[b]));
      default -> execContainers(i, f, r);
    }
  }

  private static void execContainers(ColdInstr i, PyFrame f, PyObject[] r) {
    int a = i.a;
    int b = i.b;
    int c = i.c;
    switch (i.op) {
      case BUILD_TUPLE -> r[a] = PyTuple.of(Arrays.copyOfRange(r, b, b + c));
      case BUILD_LIST -> r[a] = PyList.of(Arrays.copyOfRange(r, b, b + c));
      case BUILD_SET -> {
        PySet s = new PySet();
        for (int k = 0; k < c; k++) {
          s.add(r[b + k]);
        }
        r[a] = s;
      }
      case BUILD_MAP -> {
        PyDict d = PyDict.ofCapacity(c);
        for (int k = 0; k < c; k++) {
          d.put(r[b + 2 * k], r[b + 2 * k + 1]);
        }
        r[a] = d;
      }
      case BUILD_STRING -> r[a] = buildString(r, b, c);
      case LIST_APPEND -> ((PyList) r[a]).append(i.valueB(r));
      case LIST_EXTEND -> listExtend((PyList) r[a], i.valueB(r));
      case LIST_TO_TUPLE -> r[a] = PyTuple.of(((PyList) r[b]).toArray());
      case SET_ADD -> ((PySet) r[a]).add(i.valueB(r));
      case SET_UPDATE -> {
        PySet set = (PySet) r[a];
        PyObject it = PyIters.getIter(i.valueB(r));
        for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
          set.add(v);
        }
      }
      case MAP_ADD -> ((PyDict) r[a]).put(i.valueB(r), i.valueC(r));
      case DICT_UPDATE -> Unpacking.dictUpdate((PyDict) r[a], r[b]);
      case DICT_MERGE -> Unpacking.dictMerge((PyDict) r[a], r[b], r[c]);
      case UNPACK_SEQUENCE -> Unpacking.sequence(r[a], r, b, c);
      case UNPACK_EX -> Unpacking.extended(r[a], r, b, c & 0xff, c >>> 8);
      case MAKE_FUNCTION -> r[a] = makeFunction(i, f, r);
      case SET_FUNCTION_ATTRIBUTE -> setFunctionAttribute((PyFunction) r[a], b, i.valueC(r));
      case CONVERT_VALUE -> r[a] = convert(r[b], c);
      case FORMAT_SIMPLE -> r[a] = PyObjects.format(r[b], null);
      case FORMAT_WITH_SPEC -> r[a] = PyObjects.format(r[b], i.valueC(r));
      case BUILD_INTERPOLATION, BUILD_TEMPLATE -> TemplateOps.exec(i, r);
      case MATCH_SEQUENCE -> r[a] = Py.bool_(r[b].type().hasFlag(PyType.SEQUENCE));
      case MATCH_MAPPING -> r[a] = Py.bool_(r[b].type().hasFlag(PyType.MAPPING));
      case MATCH_KEYS -> r[a] = MatchOps.keys(r[b], (PyTuple) r[c]);
      case MATCH_CLASS -> r[a] = MatchOps.matchClass(r[b], r[b + 1], (PyTuple) r[b + 2], c);
      default -> execOthers(i, f, r);
    }
  }

  private static void execOthers(ColdInstr i, PyFrame f, PyObject[] r) {
    int a = i.a;
    int b = i.b;
    int c = i.c;
    switch (i.op) {
      // exceptions
      case PUSH_EXC -> {
        ThreadState.ExcState s = f.ts.handled;
        PyObject before = s.exception;
        s.exception = (PyBaseException) r[b];
        r[a] = before;
      }
      case POP_EXCEPT -> f.ts.handled.exception = r[a] instanceof PyBaseException e ? e : null;
      case CHECK_EG_MATCH -> ExceptionInstrs.checkGroupMatch(f, r, a, b, c);
      case PREP_RERAISE_STAR -> r[a] = ExceptionGroups.prepReraiseStar(r[b], (PyList) r[c]);
      case STOPITERATION_ERROR ->
          r[a] = ExceptionInstrs.stopIterationError(f, (PyBaseException) r[b]);
      case WITH_EXCEPT_START -> r[a] = WithOps.exit(r[b], r[b + 1], (PyBaseException) r[c]);
      // generators
      case ASYNC_GEN_WRAP -> r[a] = new PyAsyncGenWrappedValue(i.valueB(r));
      case GET_YIELD_FROM_ITER -> r[a] = GeneratorInstrs.yieldFromIter(f, r[b]);
      case GET_AWAITABLE -> r[a] = GeneratorInstrs.awaitable(r[b], c);
      case GET_AITER -> r[a] = GeneratorInstrs.aiter(r[b]);
      case GET_ANEXT -> r[a] = GeneratorInstrs.anext(r[b]);
      // imports
      case IMPORT_NAME -> r[a] = ImportOps.importName(f, i.name(c), r[b], r[b + 1]);
      case IMPORT_FROM -> r[a] = ImportOps.importFrom(r[b], i.name(c));
      case IMPORT_STAR -> ImportOps.importStar(f, r[a]);
      case PRINT_EXPR -> {
        PyObject hook = ThreadState.current().interpreter.sys("displayhook");
        if (hook == null) {
          throw Errors.runtimeError("lost sys.displayhook");
        }
        hook.call1(r[a]);
      }
      default -> TypeParamOps.exec(i, f, r);
    }
  }

  private static PyObject commonConstant(int which) {
    return switch (which) {
      case 0 -> Exceptions.AssertionError;
      case 1 -> Exceptions.NotImplementedError;
      case 2 -> PyTuple.TYPE;
      case 3 -> BuiltinFunctions.all();
      default -> BuiltinFunctions.any();
    };
  }

  /** {@code str}, {@code repr} or {@code ascii}. */
  static PyObject convert(PyObject o, int how) {
    return switch (how) {
      case 1 -> PyObjects.str(o);
      case 2 -> PyObjects.repr(o);
      default -> PyObjects.ascii(o);
    };
  }

  static PyStr buildString(PyObject[] r, int from, int count) {
    boolean simple = true;
    for (int k = 0; k < count; k++) {
      simple &= ((PyStr) r[from + k]).isSimple();
    }
    if (simple) {
      return PyStr.ofChars(joined(r, from, count));
    }
    PyStr all = (PyStr) r[from];
    for (int k = 1; k < count; k++) {
      all = all.concat((PyStr) r[from + k]);
    }
    return all;
  }

  private static String joined(PyObject[] r, int from, int count) {
    // HotSpot makes one array of a chain of known length.
    switch (count) {
      case 2 -> {
        return s(r, from).concat(s(r, from + 1));
      }
      case 3 -> {
        return new StringBuilder()
            .append(s(r, from))
            .append(s(r, from + 1))
            .append(s(r, from + 2))
            .toString();
      }
      case 4 -> {
        return new StringBuilder()
            .append(s(r, from))
            .append(s(r, from + 1))
            .append(s(r, from + 2))
            .append(s(r, from + 3))
            .toString();
      }
      default -> {}
    }
    int size = 0;
    for (int k = 0; k < count; k++) {
      size += ((PyStr) r[from + k]).length();
    }
    StringBuilder text = new StringBuilder(size);
    for (int k = 0; k < count; k++) {
      text.append(s(r, from + k));
    }
    return text.toString();
  }

  private static String s(PyObject[] r, int k) {
    return ((PyStr) r[k]).toString();
  }

  static void extend(PyObject list, PyObject items) {
    listExtend((PyList) list, items);
  }

  private static void listExtend(PyList list, PyObject items) {
    if (items.type().special(org.plait.runtime.object.Special.ITER) == null
        && !PySequences.isSequence(items)) {
      throw Errors.typeError("Value after * must be an iterable, not " + items.type().name());
    }
    list.extend(items);
  }

  private static PyFunction makeFunction(ColdInstr i, PyFrame f, PyObject[] r) {
    PyCode code = (PyCode) i.code.consts[i.b];
    PyCell[] cells = PyFunction.NO_CELLS;
    if (i.c >= 0) {
      int[] from = i.code.unit.closures[i.c];
      cells = new PyCell[from.length];
      for (int k = 0; k < from.length; k++) {
        cells[k] = (PyCell) r[from[k]];
      }
    }
    return new PyFunction(code, f.globals, f.builtins, cells);
  }

  static void setFunctionAttribute(PyFunction function, int which, PyObject value) {
    switch (which) {
      case 1 -> function.firstDefaults((PyTuple) value);
      case 2 -> function.kwdefaults = (PyDict) value;
      case 4 -> function.annotations = value;
      case 16 -> function.annotate = value;
      default -> throw new IllegalStateException("function attribute " + which);
    }
  }
}
