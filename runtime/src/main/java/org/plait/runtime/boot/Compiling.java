package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.AstValidator;
import org.plait.compiler.CompileOptions;
import org.plait.compiler.Compiler;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.diag.CompileError;
import org.plait.compiler.fold.AstOptimizer;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Builtins;
import org.plait.runtime.interp.Interpreter;
import org.plait.runtime.interp.PyCell;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.PyFunction;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.UnicodeNames;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;
import org.plait.syntax.source.CharacterNames;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.SourceDecoder;

/** {@code compile}, {@code eval} and {@code exec}; source errors as Python exceptions. */
public final class Compiling {
  private static final int COMPILE_FLAGS =
      CodeFlags.FUTURE_MASK
          | CodeFlags.PYCF_ONLY_AST
          | 0x8000
          | CodeFlags.PYCF_DONT_IMPLY_DEDENT
          | CodeFlags.PYCF_TYPE_COMMENTS
          | CodeFlags.PYCF_ALLOW_TOP_LEVEL_AWAIT
          | CodeFlags.PYCF_ALLOW_INCOMPLETE_INPUT
          | CodeFlags.NESTED;

  private Compiling() {}

  // ---- compile()

  static PyObject compile(
      PyObject source,
      PyObject filename,
      String mode,
      int flags,
      boolean dontInherit,
      int optimize,
      int featureVersion) {
    if ((flags & ~COMPILE_FLAGS) != 0) {
      throw Errors.valueError("compile(): unrecognised flags");
    }
    if (optimize < -1 || optimize > 2) {
      throw Errors.valueError("compile(): invalid optimize value");
    }
    boolean onlyAst = (flags & CodeFlags.PYCF_ONLY_AST) != 0;
    PythonParser.Mode parseMode =
        switch (mode) {
          case "exec" -> PythonParser.Mode.EXEC;
          case "eval" -> PythonParser.Mode.EVAL;
          case "single" -> PythonParser.Mode.SINGLE;
          case "func_type" -> {
            if (!onlyAst) {
              throw Errors.valueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
            }
            yield PythonParser.Mode.FUNC_TYPE;
          }
          default ->
              throw Errors.valueError(
                  onlyAst
                      ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                      : "compile() mode must be 'exec', 'eval' or 'single'");
        };
    int effective = flags;
    if (!dontInherit) {
      PyFrame f = ThreadState.current().frame;
      if (f != null) {
        effective |= f.code.unit.flags & CodeFlags.FUTURE_MASK;
      }
    }
    PyStr file = filenameOf(filename);
    int level = optimize < 0 ? BootOptions.current().optimize : optimize;
    Mod tree;
    if (AstBridge.isAst(source)) {
      if (onlyAst && (effective & 0x8000) == 0) {
        AstBridge.checkMode(source, parseMode);
        return source;
      }
      Audit.raise("compile", source, Py.None);
      tree = AstBridge.toMod(source, parseMode);
    } else {
      tree = parse(source, file.toString(), parseMode, effective, featureVersion, "compile");
    }
    if (onlyAst) {
      if ((effective & 0x8000) == 0) {
        return AstBridge.fromMod(tree);
      }
      if (AstBridge.isAst(source)) {
        try {
          AstValidator.validate(tree);
        } catch (CompileError e) {
          throw toPython(e, file.toString());
        }
      }
      return AstBridge.fromMod(AstOptimizer.optimize(tree, level));
    }
    return code(tree, file, effective, level, AstBridge.isAst(source));
  }

  /** A path as {@code compile} takes it: str, bytes or path-like. */
  public static PyStr filenameOf(PyObject filename) {
    return FsPaths.toStr(FsPaths.fspath(filename));
  }

  /** Decodes sources with Python's codecs. */
  private static final SourceDecoder DECODER = new SourceDecoder(Compiling::decode);

  private static String decode(String encoding, byte[] bytes) {
    try {
      return PyCodecs.decode(bytes, encoding, null).toString();
    } catch (PyException e) {
      throw SourceDecoder.init(PyObjects.str(e.value).toString());
    }
  }

  /** Compiles a file's content; errors in it are told as those of a file. */
  static PyCode compileFile(byte[] source, String filename) {
    for (int i = 0; i < source.length; i++) {
      if (source[i] == 0) {
        throw nullByte(source, i, filename);
      }
    }
    if (Audit.isUsed()) {
      Audit.raise("compile", Py.None, PyStr.of(filename));
    }
    try {
      DECODER.decode(source, true);
    } catch (PySyntaxError e) {
      if (e.lineno() == 0) {
        String encoding = SourceDecoder.declaration(source, 0);
        throw Errors.of(Exceptions.SyntaxError, "encoding problem: " + encoding);
      }
      if (e.message().startsWith("Non-UTF-8")) {
        throw notUtf8(e, filename);
      }
      throw toPython(e, filename);
    }
    try {
      ParseOptions options = options(filename, 0, -1);
      Mod tree = PythonParser.parse(source, PythonParser.Mode.EXEC, options, DECODER);
      return code(tree, PyStr.of(filename), 0, BootOptions.current().optimize);
    } catch (PySyntaxError e) {
      throw toPython(e, filename);
    }
  }

  private static PyException nullByte(byte[] source, int at, String filename) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      if (source[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    String text = new String(source, start, at - start, StandardCharsets.UTF_8);
    return Errors.of(
        Exceptions.SyntaxError,
        PyStr.of("source code cannot contain null bytes"),
        Py.tuple(PyStr.of(filename), Py.int_(line), Py.int_(0), PyStr.of(text)));
  }

  private static PyException notUtf8(PySyntaxError e, String filename) {
    String message = e.message().replace(" on line ", " in file " + filename + " on line ");
    return toPython(
        new PySyntaxError(
            e.kind(), message, e.lineno(), e.offset(), e.text(), e.endLineno(), e.endOffset()),
        filename);
  }

  /** Characters by name, as {@code unicodedata} knows them. */
  private static final CharacterNames NAMES =
      new CharacterNames() {
        @Override
        public int codePoint(String name) {
          return UnicodeNames.lookup(name);
        }
      };

  /** Parses str, bytes or a buffer. */
  public static Mod parse(
      PyObject source,
      String filename,
      PythonParser.Mode mode,
      int flags,
      int featureVersion,
      String function) {
    ParseOptions options = options(filename, flags, featureVersion);
    try {
      if (source instanceof PyStr s) {
        String text = s.toString();
        if (text.indexOf('\0') >= 0) {
          throw Errors.of(Exceptions.SyntaxError, "source code string cannot contain null bytes");
        }
        String checked = encodable(s);
        if (Audit.isUsed()) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          Audit.raise("compile", Py.bytes(bytes), PyStr.of(filename));
        }
        return PythonParser.parse(checked, mode, options);
      }
      if (!PyBuffers.isBuffer(source) && !(source instanceof PyBytes)) {
        throw Errors.typeError(
            function
                + "() arg 1 must be a "
                + (function.equals("compile")
                    ? "string, bytes or AST object"
                    : "string, bytes or code object"));
      }
      byte[] bytes = PyBuffers.toBytes(source);
      for (byte b : bytes) {
        if (b == 0) {
          throw Errors.of(Exceptions.SyntaxError, "source code string cannot contain null bytes");
        }
      }
      if (Audit.isUsed()) {
        Audit.raise("compile", Py.bytes(bytes), PyStr.of(filename));
      }
      return PythonParser.parse(bytes, mode, options, DECODER);
    } catch (PySyntaxError e) {
      throw toPython(e, filename);
    }
  }

  private static ParseOptions options(String filename, int flags, int featureVersion) {
    return new ParseOptions(
        (flags & CodeFlags.PYCF_TYPE_COMMENTS) != 0,
        featureVersion < 0 ? 14 : featureVersion,
        (flags & CodeFlags.FUTURE_BARRY_AS_BDFL) != 0,
        (flags & CodeFlags.PYCF_ALLOW_INCOMPLETE_INPUT) != 0,
        (flags & CodeFlags.PYCF_DONT_IMPLY_DEDENT) != 0,
        ThreadState.current().interpreter.intMaxStrDigits,
        (message, line, error) -> SyntaxWarnings.warn(message, filename, line, error),
        NAMES);
  }

  /** Source text must be encodable: a lone surrogate is a UnicodeEncodeError. */
  private static String encodable(PyStr s) {
    if (s.isSimple()) {
      String text = s.toString();
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          throw Errors.of(
              Exceptions.UnicodeEncodeError,
              PyStr.of("utf-8"),
              s,
              Py.int_(i),
              Py.int_(i + 1),
              PyStr.of("surrogates not allowed"));
        }
      }
    }
    return s.toString();
  }

  /** Compiles a tree to a code object. */
  static PyCode code(Mod tree, PyStr filename, int flags, int optimize) {
    return code(tree, filename, flags, optimize, false);
  }

  private static PyCode code(Mod tree, PyStr filename, int flags, int optimize, boolean validate) {
    try {
      CodeUnit unit =
          Compiler.compile(
              tree,
              filename.toString(),
              new CompileOptions(optimize, flags, validate),
              (message, file, range) -> SyntaxWarnings.warn(message, file, range));
      return new PyCode(unit);
    } catch (CompileError e) {
      throw toPython(e, filename.toString());
    }
  }

  /** Compiles source for the runtime's own use: the main program, {@code -c}, frozen modules. */
  public static PyCode compileSource(
      byte[] source, String filename, PythonParser.Mode mode, int flags) {
    Mod tree = parse(Py.bytes(source), filename, mode, flags, -1, "compile");
    return code(tree, PyStr.of(filename), flags, BootOptions.current().optimize);
  }

  /** Compiles a program given as text; a coding cookie in it means nothing. */
  public static PyCode compileText(PyStr source, String filename) {
    Mod tree = parse(source, filename, PythonParser.Mode.EXEC, 0, -1, "compile");
    return code(tree, PyStr.of(filename), 0, BootOptions.current().optimize);
  }

  // ---- errors

  /** The Python exception for a source error. */
  public static PyException toPython(PySyntaxError e, String filename) {
    PyType type =
        switch (e.kind()) {
          case SYNTAX, SYNTAX_WITHOUT_POSITION -> Exceptions.SyntaxError;
          case INDENTATION -> Exceptions.IndentationError;
          case TAB -> Exceptions.TabError;
          case INCOMPLETE -> Exceptions._IncompleteInputError;
          case MEMORY -> Exceptions.MemoryError;
          case OVERFLOW -> Exceptions.OverflowError;
          case VALUE -> Exceptions.ValueError;
        };
    switch (e.kind()) {
      case MEMORY, OVERFLOW, VALUE, SYNTAX_WITHOUT_POSITION -> {
        return Errors.of(type, e.message());
      }
      default -> {}
    }
    PyObject file = PyStr.of(filename);
    PyObject endLine = number(e.endLineno());
    PyObject endOffset = number(e.endOffset());
    PyObject text = Py.strOrNone(e.text());
    PyTuple details =
        endLine == Py.None
            ? Py.tuple(file, Py.int_(e.lineno()), Py.int_(e.offset()), text)
            : Py.tuple(file, Py.int_(e.lineno()), Py.int_(e.offset()), text, endLine, endOffset);
    PyException made = Errors.of(type, PyStr.of(e.message()), details);
    String metadata = e.metadataSource();
    if (metadata != null) {
      PyObjects.setAttr(
          made.value, "_metadata", Py.tuple(Py.int_(0), Py.int_(0), PyStr.of(metadata)));
    }
    return made;
  }

  private static PyObject number(int n) {
    return n == PySyntaxError.NONE ? Py.None : Py.int_(n);
  }

  /** The Python exception for an error of the compiler. */
  public static PyException toPython(CompileError e, String filename) {
    return switch (e.kind()) {
      case SYNTAX ->
          Errors.of(
              Exceptions.SyntaxError,
              PyStr.of(e.message()),
              Py.tuple(
                  PyStr.of(filename),
                  Py.int_(e.line()),
                  Py.int_(e.offset()),
                  Py.strOrNone(lineOf(filename, e.line())),
                  Py.int_(e.endLine()),
                  Py.int_(e.endOffset())));
      case VALUE -> Errors.valueError(e.message());
      case TYPE -> Errors.typeError(e.message());
      case RECURSION -> Errors.recursionError(e.message());
      case SYSTEM -> Errors.systemError(e.message());
    };
  }

  /** A line of a source file for an error message, or null. */
  static @Nullable String lineOf(String filename, int line) {
    try {
      List<String> lines = DECODER.text(Files.readAllBytes(Path.of(filename))).lines().toList();
      return line >= 1 && line <= lines.size() ? lines.get(line - 1) + "\n" : null;
    } catch (java.io.IOException | InvalidPathException | PySyntaxError e) {
      return null;
    }
  }

  // ---- eval() and exec()

  private record Namespaces(PyDict globals, PyObject locals) {}

  private static Namespaces namespaces(String function, PyObject globals, PyObject locals) {
    if (locals != Py.None
        && locals.type().special(org.plait.runtime.object.Special.GETITEM) == null) {
      throw Errors.typeError(
          function.equals("eval")
              ? "locals must be a mapping"
              : "locals must be a mapping or None, not " + locals.type().name());
    }
    if (globals != Py.None && !(globals instanceof PyDict)) {
      throw Errors.typeError(
          function.equals("eval")
              ? PySequences.isSequence(globals)
                  ? "globals must be a real dict; try eval(code, {}, mapping)"
                  : "globals must be a dict"
              : "exec() globals must be a dict, not " + globals.type().name());
    }
    PyDict g;
    PyObject l = locals;
    if (globals == Py.None) {
      PyFrame f = ThreadState.current().frame;
      g = f == null ? BuiltinsModule.baseGlobals() : f.globals;
      if (l == Py.None) {
        l = f == null ? g : BuiltinsModule.localsOf(f);
      }
    } else {
      g = (PyDict) globals;
      if (l == Py.None) {
        l = g;
      }
    }
    if (g.getStr("__builtins__") == null) {
      ThreadState ts = ThreadState.current();
      g.putStr("__builtins__", ts.frame == null ? ts.interpreter.builtins : ts.frame.builtins);
    }
    return new Namespaces(g, l);
  }

  static PyObject eval(PyObject source, PyObject globals, PyObject locals) {
    Namespaces n = namespaces("eval", globals, locals);
    if (source instanceof PyCode c) {
      Audit.raise("exec", c);
      if (c.unit.freeVars.length > 0) {
        throw Errors.typeError("code object passed to eval() may not contain free variables");
      }
      return run(c, n.globals, n.locals, null);
    }
    PyObject text = source;
    if (source instanceof PyStr s) {
      int i = 0;
      while (i < s.length() && (s.codePointAt(i) == ' ' || s.codePointAt(i) == '\t')) {
        i++;
      }
      text = s.substring(i, s.length());
    }
    int flags = inheritedFlags();
    Mod tree = parse(text, "<string>", PythonParser.Mode.EVAL, flags, -1, "eval");
    PyCode c = code(tree, PyStr.of("<string>"), flags, BootOptions.current().optimize);
    Audit.raise("exec", c);
    return run(c, n.globals, n.locals, null);
  }

  static void exec(PyObject source, PyObject globals, PyObject locals, PyObject closure) {
    Namespaces n = namespaces("exec", globals, locals);
    if (source instanceof PyCode c) {
      int free = c.unit.freeVars.length;
      PyCell[] cells = null;
      if (free == 0) {
        if (closure != Py.None) {
          throw Errors.typeError("cannot use a closure with this code object");
        }
      } else {
        boolean fits = closure instanceof PyTuple t && t.size() == free;
        if (fits) {
          cells = new PyCell[free];
          for (int i = 0; i < free && fits; i++) {
            fits = ((PyTuple) closure).get(i) instanceof PyCell;
            cells[i] = fits ? (PyCell) ((PyTuple) closure).get(i) : null;
          }
        }
        if (!fits) {
          throw Errors.typeError("code object requires a closure of exactly length " + free);
        }
      }
      Audit.raise("exec", c);
      run(c, n.globals, n.locals, cells);
      return;
    }
    if (closure != Py.None) {
      throw Errors.typeError("closure can only be used when source is a code object");
    }
    int flags = inheritedFlags();
    Mod tree = parse(source, "<string>", PythonParser.Mode.EXEC, flags, -1, "exec");
    PyCode c = code(tree, PyStr.of("<string>"), flags, BootOptions.current().optimize);
    Audit.raise("exec", c);
    run(c, n.globals, n.locals, null);
  }

  /** The {@code __future__} flags of the code that runs. */
  public static int inheritedFlags() {
    PyFrame f = ThreadState.current().frame;
    return f == null ? 0 : f.code.unit.flags & CodeFlags.FUTURE_MASK;
  }

  /** Runs code in namespaces. */
  public static PyObject run(
      PyCode code, PyDict globals, PyObject locals, PyCell @Nullable [] closure) {
    PyObject builtins = Builtins.of(globals);
    if (closure != null || code.unit.has(CodeFlags.OPTIMIZED)) {
      // Code of a function: its variables are its own.
      PyFunction f =
          new PyFunction(code, globals, builtins, closure == null ? new PyCell[0] : closure);
      return f.runWithLocals(code.unit.has(CodeFlags.NEWLOCALS) ? null : locals);
    }
    PyFunction none =
        code.unit.freeVars.length > 0
            ? new PyFunction(code, globals, builtins, new PyCell[code.unit.freeVars.length])
            : null;
    return Interpreter.run(
        new PyFrame(code, new PyObject[code.unit.registerCount], globals, builtins, locals, none));
  }
}
