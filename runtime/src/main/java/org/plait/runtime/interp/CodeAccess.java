package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.PositionTable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** What Python sees of a code object. */
abstract class CodeAccess extends PyObject {
  /** Python counts code in bytes, two per code unit; an instruction of ours is one code unit. */
  static final int UNIT = 2;

  private PyCode self() {
    return (PyCode) this;
  }

  private CodeUnit unit() {
    return self().unit;
  }

  @PyGetter("co_name")
  PyObject coName() {
    return self().name;
  }

  @PyGetter("co_qualname")
  PyObject coQualname() {
    return self().qualname;
  }

  @PyGetter("co_filename")
  PyObject coFilename() {
    return self().filename;
  }

  @PyGetter("co_firstlineno")
  int coFirstlineno() {
    return unit().firstLine;
  }

  @PyGetter("co_argcount")
  int coArgcount() {
    return unit().argCount;
  }

  @PyGetter("co_posonlyargcount")
  int coPosonlyargcount() {
    return unit().posOnlyArgCount;
  }

  @PyGetter("co_kwonlyargcount")
  int coKwonlyargcount() {
    return unit().kwOnlyArgCount;
  }

  @PyGetter("co_nlocals")
  int coNlocals() {
    return unit().varNames.length;
  }

  @PyGetter("co_stacksize")
  int coStacksize() {
    return Math.max(1, unit().registerCount - unit().firstTemp());
  }

  @PyGetter("co_flags")
  int coFlags() {
    return unit().flags;
  }

  @PyGetter("co_consts")
  PyObject coConsts() {
    return PyTuple.of(self().consts.clone());
  }

  @PyGetter("co_names")
  PyObject coNames() {
    return PyCode.names(unit().names);
  }

  @PyGetter("co_varnames")
  PyObject coVarnames() {
    return PyCode.names(unit().varNames);
  }

  @PyGetter("co_cellvars")
  PyObject coCellvars() {
    return PyCode.names(unit().cellVars);
  }

  @PyGetter("co_freevars")
  PyObject coFreevars() {
    return PyCode.names(unit().freeVars);
  }

  /** The instructions, each as four little-endian ints. */
  @PyGetter("co_code")
  PyObject coCode() {
    return Py.bytes(CodeTables.words(unit().code));
  }

  @PyGetter("_co_code_adaptive")
  PyObject coCodeAdaptive() {
    return coCode();
  }

  /** The exception table and our own tables, see {@link CodeTables}. */
  @PyGetter("co_exceptiontable")
  PyObject coExceptiontable() {
    return Py.bytes(CodeTables.of(unit()).toBytes());
  }

  @PyGetter("co_linetable")
  PyObject coLinetable() {
    return Py.bytes(CodeTables.relativePositions(unit().positions(), unit().firstLine));
  }

  @PyMethod(name = "co_lines", sig = "()")
  PyObject coLines() {
    List<PyObject> lines = new ArrayList<>();
    CodeUnit u = unit();
    int start = 0;
    int end = u.positions().length == 0 ? 0 : u.length();
    for (int pc = 1; pc <= end; pc++) {
      if (pc == end || u.line(pc) != u.line(start)) {
        int line = u.line(start);
        lines.add(
            Py.tuple(
                Py.int_(UNIT * start), Py.int_(UNIT * pc), line < 0 ? Py.None : Py.int_(line)));
        start = pc;
      }
    }
    return PyIters.getIter(Py.list(lines));
  }

  // Compare CPython decode_linetable in codeobject.c.
  /** The old table: pairs of how far the code and the line go on. */
  @PyGetter("co_lnotab")
  PyObject coLnotab() {
    Warnings.warn(
        Exceptions.DeprecationWarning, "co_lnotab is deprecated, use co_lines instead.", 1);
    java.io.ByteArrayOutputStream table = new java.io.ByteArrayOutputStream();
    CodeUnit u = unit();
    int line = u.firstLine;
    int at = 0;
    for (int pc = 0; pc < u.length(); pc++) {
      int now = u.line(pc);
      if (now < 0 || now == line) {
        continue;
      }
      int code = UNIT * pc - at;
      for (; code > 255; code -= 255) {
        table.write(255);
        table.write(0);
      }
      int delta = now - line;
      for (; delta > 127 || delta < -128; code = 0) {
        int step = delta > 0 ? 127 : -128;
        table.write(code);
        table.write(step);
        delta -= step;
      }
      table.write(code);
      table.write(delta);
      line = now;
      at = UNIT * pc;
    }
    return Py.bytes(table.toByteArray());
  }

  @PyMethod(name = "co_positions", sig = "()")
  PyObject coPositions() {
    List<PyObject> positions = new ArrayList<>();
    int[] p = unit().positions();
    for (int i = 0; i < p.length; i += CodeUnit.POSITION_WORDS) {
      positions.add(Py.tuple(number(p[i]), number(p[i + 1]), number(p[i + 2]), number(p[i + 3])));
    }
    return PyIters.getIter(Py.list(positions));
  }

  private static PyObject number(int n) {
    return n < 0 ? Py.None : Py.int_(n);
  }

  @PyMethod(name = "co_branches", sig = "()")
  PyObject coBranches() {
    List<PyObject> branches = new ArrayList<>();
    CodeUnit u = unit();
    for (int pc = 0; pc < u.length(); pc++) {
      Opcode op = Opcode.of(u.code[pc * CodeUnit.WORDS]);
      if (Tracer.isBranch(op)) {
        branches.add(
            Py.tuple(
                Py.int_(UNIT * pc),
                Py.int_(UNIT * (pc + 1)),
                Py.int_(UNIT * Effects.target(u, pc))));
      }
    }
    return PyIters.getIter(Py.list(branches));
  }

  @PyMethod(name = "_varname_from_oparg", sig = "(oparg)")
  PyObject varnameFromOparg(int oparg) {
    CodeUnit u = unit();
    if (oparg < 0 || oparg >= u.firstTemp()) {
      throw Errors.indexError("tuple index out of range");
    }
    return PyStr.intern(oparg < u.varNames.length ? u.varNames[oparg] : u.cellName(oparg));
  }

  @PyNew(
      sig =
          "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring,"
              + " constants, names, varnames, filename, name, qualname, firstlineno, linetable,"
              + " exceptiontable, freevars=(), cellvars=(), /)")
  static PyObject new_(
      PyType cls,
      int argcount,
      int posonly,
      int kwonly,
      int nlocals,
      int stacksize,
      int flags,
      PyObject code,
      PyObject consts,
      PyObject names,
      PyObject varnames,
      PyObject filename,
      PyObject name,
      PyObject qualname,
      int firstlineno,
      PyObject linetable,
      PyObject exceptiontable,
      PyObject freevars,
      PyObject cellvars) {
    byte[] instructions = bytes(7, code);
    PyStr file = str(11, filename);
    PyStr given = str(12, name);
    byte[] exceptions = bytes(16, exceptiontable);
    raiseEvent(code, file, given, argcount, posonly, kwonly, nlocals, stacksize, flags);
    notNegative("argcount", argcount);
    notNegative("posonlyargcount", posonly);
    notNegative("kwonlyargcount", kwonly);
    notNegative("nlocals", nlocals);
    if (instructions.length % (4 * CodeUnit.WORDS) != 0) {
      throw Errors.valueError("code: co_code is malformed");
    }
    PyObject[] constants = tuple(8, consts).toArray();
    String[] variables = strings(tuple(10, varnames));
    String[] cells = strings(tuple(18, cellvars));
    String[] free = strings(tuple(17, freevars));
    int parameters =
        argcount
            + kwonly
            + ((flags & CodeFlags.VARARGS) != 0 ? 1 : 0)
            + ((flags & CodeFlags.VARKEYWORDS) != 0 ? 1 : 0);
    if (posonly > argcount || stacksize < 0) {
      throw Errors.of(Exceptions.SystemError, "code: bad argument to internal function");
    }
    if (parameters > variables.length) {
      throw Errors.valueError("code: co_varnames is too small");
    }
    if (nlocals != variables.length) {
      throw Errors.valueError("code: co_nlocals != len(co_varnames)");
    }
    CodeTables tables = CodeTables.ofBytes(exceptions, constants);
    int firstTemp = variables.length + cells.length + free.length;
    CodeUnit made =
        new CodeUnit(
            given.toString(),
            str(13, qualname).toString(),
            file.toString(),
            firstlineno,
            argcount,
            posonly,
            kwonly,
            flags,
            firstTemp + stacksize,
            CodeTables.ints(instructions),
            new Object[0],
            strings(tuple(9, names)),
            variables,
            cells,
            free,
            tables.hidden(),
            tables.exceptions(),
            PositionTable.of(
                CodeTables.positions(
                    bytes(15, linetable), firstlineno, instructions.length / (4 * CodeUnit.WORDS))),
            tables.closures(),
            tables.shapes());
    return new PyCode(made, constants, file);
  }

  private static void raiseEvent(PyObject code, PyObject filename, PyObject name, int... numbers) {
    if (Audit.isUsed()) {
      PyObject[] args = new PyObject[3 + numbers.length];
      args[0] = code;
      args[1] = filename;
      args[2] = name;
      for (int i = 0; i < numbers.length; i++) {
        args[3 + i] = Py.int_(numbers[i]);
      }
      Audit.raise("code.__new__", args);
    }
  }

  private static void notNegative(String what, int n) {
    if (n < 0) {
      throw Errors.valueError("code: " + what + " must not be negative");
    }
  }

  private static byte[] bytes(int argument, PyObject given) {
    if (!(given instanceof PyBytes)) {
      throw ArgumentConverters.badArgument("code() argument " + argument, "bytes", given);
    }
    return PyBuffers.toBytes(given);
  }

  private static PyTuple tuple(int argument, PyObject given) {
    if (!(given instanceof PyTuple t)) {
      throw ArgumentConverters.badArgument("code() argument " + argument, "tuple", given);
    }
    return t;
  }

  private static PyStr str(int argument, PyObject given) {
    if (!(given instanceof PyStr s)) {
      throw ArgumentConverters.badArgument("code() argument " + argument, "str", given);
    }
    return s;
  }

  @PyMethod(
      name = "replace",
      sig =
          "!(*, co_argcount=NULL, co_posonlyargcount=NULL, co_kwonlyargcount=NULL, co_nlocals=NULL,"
              + " co_stacksize=NULL, co_flags=NULL, co_firstlineno=NULL, co_code=NULL,"
              + " co_consts=NULL, co_names=NULL, co_varnames=NULL, co_freevars=NULL,"
              + " co_cellvars=NULL, co_filename=NULL, co_name=NULL, co_qualname=NULL,"
              + " co_linetable=NULL, co_exceptiontable=NULL)",
      doc =
          "replace($self, /, **changes)\n--\n\n"
              + "The code with other values for some of its attributes.")
  PyObject replace(
      @Nullable PyObject argcount,
      @Nullable PyObject posonly,
      @Nullable PyObject kwonly,
      @Nullable PyObject nlocals,
      @Nullable PyObject stacksize,
      @Nullable PyObject flags,
      @Nullable PyObject firstlineno,
      @Nullable PyObject code,
      @Nullable PyObject consts,
      @Nullable PyObject names,
      @Nullable PyObject varnames,
      @Nullable PyObject freevars,
      @Nullable PyObject cellvars,
      @Nullable PyObject filename,
      @Nullable PyObject name,
      @Nullable PyObject qualname,
      @Nullable PyObject linetable,
      @Nullable PyObject exceptiontable) {
    CodeUnit u = unit();
    if (Audit.isUsed()) {
      raiseEvent(
          code == null ? coCode() : code,
          filename == null ? self().filename : filename,
          name == null ? self().name : name,
          number(argcount, u.argCount),
          number(posonly, u.posOnlyArgCount),
          number(kwonly, u.kwOnlyArgCount),
          number(nlocals, u.varNames.length),
          number(stacksize, coStacksize()),
          number(flags, u.flags));
    }
    String[] newVarnames = strings(varnames, u.varNames);
    if (nlocals != null && PyNumbers.asLong(nlocals, null) != newVarnames.length) {
      throw Errors.valueError("code: co_nlocals != len(co_varnames)");
    }
    int firstLine = number(firstlineno, u.firstLine);
    int[] instructions = code == null ? u.code : ints(code);
    PyObject[] newConsts = consts == null ? self().consts : ((PyTuple) consts).toArray();
    CodeTables tables = CodeTables.of(u);
    if (exceptiontable != null) {
      byte[] given = PyBuffers.toBytes(exceptiontable);
      tables =
          given.length == 0
              ? new CodeTables(new int[0], u.closures, u.callShapes, u.hidden)
              : CodeTables.ofBytes(given, newConsts);
    }
    CodeUnit made =
        new CodeUnit(
            name == null ? u.name : name.toString(),
            qualname == null ? u.qualname : qualname.toString(),
            filename == null ? u.filename : filename.toString(),
            firstLine,
            number(argcount, u.argCount),
            number(posonly, u.posOnlyArgCount),
            number(kwonly, u.kwOnlyArgCount),
            number(flags, u.flags),
            u.registerCount,
            instructions,
            u.consts,
            strings(names, u.names),
            newVarnames,
            strings(cellvars, u.cellVars),
            strings(freevars, u.freeVars),
            tables.hidden(),
            tables.exceptions(),
            PositionTable.of(
                CodeTables.positions(
                    PyBuffers.toBytes(linetable == null ? coLinetable() : linetable),
                    firstLine,
                    instructions.length / CodeUnit.WORDS)),
            tables.closures(),
            tables.shapes());
    PyStr file = filename == null ? self().filename : (PyStr) filename;
    return new PyCode(made, newConsts, file);
  }

  private static int number(@Nullable PyObject given, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    long n = PyNumbers.asLong(given, Exceptions.OverflowError);
    if (n < 0) {
      throw Errors.valueError("code: argument must not be negative");
    }
    return (int) n;
  }

  private static int[] ints(PyObject bytes) {
    return CodeTables.ints(PyBuffers.toBytes(bytes));
  }

  private static String[] strings(@Nullable PyObject given, String[] otherwise) {
    return given == null ? otherwise : strings((PyTuple) given);
  }

  private static String[] strings(PyTuple t) {
    String[] s = new String[t.size()];
    for (int i = 0; i < s.length; i++) {
      if (!(t.get(i) instanceof PyStr name)) {
        throw Errors.typeError(
            "name tuples must contain only strings, not '" + t.get(i).type().name() + "'");
      }
      s[i] = name.toString().intern();
    }
    return s;
  }

  @PyMethod(name = "__replace__", sig = "(**changes)", raw = true, doc = "As replace().")
  PyObject replaceDunder(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(this, "replace").call(args, kwnames);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<code object "
        + self().name
        + " at "
        + PyIdentity.address(this)
        + ", file \""
        + self().filename
        + "\", line "
        + unit().firstLine
        + ">";
  }

  @PyMethod(name = "__hash__")
  long hash() {
    CodeUnit u = unit();
    return 31L * self().name.hash() + Arrays.hashCode(u.code) * 17L + u.firstLine;
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyCode c) || op != 2 && op != 3) {
      return Py.NotImplemented;
    }
    return Py.bool_(equal(self(), c) == (op == 2));
  }

  private static boolean equal(PyCode a, PyCode b) {
    if (a == b) {
      return true;
    }
    CodeUnit x = a.unit;
    CodeUnit y = b.unit;
    if (!a.name.equalTo(b.name)
        || x.argCount != y.argCount
        || x.posOnlyArgCount != y.posOnlyArgCount
        || x.kwOnlyArgCount != y.kwOnlyArgCount
        || x.flags != y.flags
        || x.firstLine != y.firstLine
        || !Arrays.equals(x.code, y.code)
        || !Arrays.equals(x.names, y.names)
        || !Arrays.equals(x.varNames, y.varNames)
        || !Arrays.equals(x.cellVars, y.cellVars)
        || !Arrays.equals(x.freeVars, y.freeVars)
        || !Arrays.equals(x.positions(), y.positions())
        || !Arrays.equals(x.exceptionTable, y.exceptionTable)
        || a.consts.length != b.consts.length) {
      return false;
    }
    for (int i = 0; i < a.consts.length; i++) {
      // Constants are equal only with the same type: 1 and True differ.
      if (a.consts[i].type() != b.consts[i].type() || !PyObjects.equal(a.consts[i], b.consts[i])) {
        return false;
      }
    }
    return true;
  }
}
