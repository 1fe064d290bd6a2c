package org.plait.compiler.gen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.PositionTable;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.compiler.scope.SymbolMap;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;

/** What is being generated for one scope: its instructions and the tables they refer to. */
final class Unit implements Assembler.Relocation {
  /** What kind of code it is; decides about qualified names and annotations. */
  enum Kind {
    MODULE,
    CLASS,
    FUNCTION,
    ASYNC_FUNCTION,
    LAMBDA,
    COMPREHENSION,
    ANNOTATIONS,
    TYPE_PARAMS
  }

  /** An annotated assignment whose annotation goes into {@code __annotate__}. */
  record DeferredAnnotation(Stmt.AnnAssign statement, int condition) {}

  final Kind kind;
  final Scope scope;
  final @Nullable Unit parent;
  final String name;
  final String qualname;
  final int firstLine;
  final @Nullable String className;
  final CodeBuffer code = new CodeBuffer();

  int argCount;
  int posOnlyArgCount;
  int kwOnlyArgCount;

  private final Map<String, Integer> names = new HashMap<>();
  private final List<String> nameList = new ArrayList<>();
  private final Map<Object, Integer> constants = new HashMap<>();
  private final List<Object> constantList = new ArrayList<>();
  private final Map<String, Integer> locals = new HashMap<>();
  private final List<String> localList = new ArrayList<>();
  private int[] localPlace = new int[8];
  private int placedLocals;
  private final Map<String, Integer> cells = new HashMap<>();
  private final String[] cellVars;
  private final String[] freeVars;
  private final List<int[]> closures = new ArrayList<>(0);
  private final List<CallShape> shapes = new ArrayList<>(0);

  /** Fast locals of inlined comprehensions in a module or class body: in force now. */
  @Nullable Set<String> fastHidden;

  private @Nullable Set<String> everHidden;
  int inlinedDepth;

  final List<FrameBlock> blocks = new ArrayList<>(4);
  final Set<String> staticAttributes = new TreeSet<>();
  final List<DeferredAnnotation> deferredAnnotations = new ArrayList<>(0);
  int nextCondition;
  boolean inConditionalBlock;
  boolean hasDocstring;

  /** Code already generated for nodes that are visited twice, as in finally clauses. */
  final Map<AstNode, Generated> generated = new IdentityHashMap<>();

  /** A code constant and the closure it needs. */
  record Generated(int constant, int closure) {}

  /** Keeps what the last instruction, a MAKE_FUNCTION, made for a node. */
  void remember(AstNode node) {
    int last = code.size - 1;
    generated.put(node, new Generated(code.b[last], code.c[last]));
  }

  private int temps;
  private int maxTemps;
  private int[] constantPlace = new int[0];
  private int[] cellPlace = new int[0];

  /**
   * A unit without code.
   *
   * @param extraFree a cell of the scope around that the symbol table does not know to be used
   */
  Unit(
      Kind kind,
      Scope scope,
      @Nullable Unit parent,
      String name,
      String qualname,
      int firstLine,
      @Nullable String className,
      @Nullable String extraFree) {
    this.kind = kind;
    this.scope = scope;
    this.parent = parent;
    this.name = name;
    this.qualname = qualname;
    this.firstLine = firstLine;
    this.className = className;
    List<String> parameters = scope.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      local(parameters.get(i));
    }
    this.cellVars = cellVariables(scope);
    String[] found = select(scope.symbols(), SymbolFlags.FREE, SymbolFlags.DEF_FREE_CLASS);
    if (extraFree != null && !Arrays.asList(found).contains(extraFree)) {
      found = Arrays.copyOf(found, found.length + 1);
      found[found.length - 1] = extraFree;
    }
    this.freeVars = found;
    for (int i = 0; i < cellVars.length; i++) {
      cells.put(cellVars[i], CodeBuffer.CELL + i);
    }
    for (int i = 0; i < freeVars.length; i++) {
      cells.putIfAbsent(freeVars[i], CodeBuffer.CELL + cellVars.length + i);
      free.put(freeVars[i], CodeBuffer.CELL + cellVars.length + i);
    }
  }

  private final Map<String, Integer> free = new HashMap<>();

  private static String[] cellVariables(Scope scope) {
    String[] found = select(scope.symbols(), SymbolFlags.CELL, SymbolFlags.DEF_COMP_CELL);
    int extra =
        (scope.needsClassClosure() ? 1 : 0)
            + (scope.needsClassDict() ? 1 : 0)
            + (scope.hasConditionalAnnotations() ? 1 : 0);
    if (extra == 0) {
      return found;
    }
    List<String> all = new ArrayList<>(Arrays.asList(found));
    if (scope.needsClassClosure() && !all.contains("__class__")) {
      all.add("__class__");
    }
    if (scope.needsClassDict() && !all.contains("__classdict__")) {
      all.add("__classdict__");
    }
    if (scope.hasConditionalAnnotations() && !all.contains("__conditional_annotations__")) {
      all.add("__conditional_annotations__");
    }
    return all.toArray(new String[0]);
  }

  private static String[] select(SymbolMap symbols, int place, int flag) {
    List<String> found = new ArrayList<>(4);
    for (int i = 0; i < symbols.size(); i++) {
      int v = symbols.value(i);
      if (SymbolFlags.place(v) == place || (v & flag) != 0) {
        found.add(symbols.key(i));
      }
    }
    String[] sorted = found.toArray(new String[0]);
    if (sorted.length > 1) {
      Arrays.sort(sorted, Unit::compareCodePoints);
    }
    return sorted;
  }

  private static int compareCodePoints(String x, String y) {
    int n = Math.min(x.length(), y.length());
    for (int i = 0; i < n; i++) {
      char p = x.charAt(i);
      char q = y.charAt(i);
      if (p != q) {
        boolean ps = Character.isSurrogate(p);
        boolean qs = Character.isSurrogate(q);
        return ps == qs ? p - q : ps ? 1 : -1;
      }
    }
    return x.length() - y.length();
  }

  // ---- tables

  int nameIndex(String name) {
    Integer i = names.get(name);
    if (i == null) {
      i = nameList.size();
      names.put(name, i);
      nameList.add(name);
    }
    return i;
  }

  int constant(Object value) {
    Integer i = constants.get(value);
    if (i == null) {
      i = constantList.size();
      constants.put(value, i);
      constantList.add(value);
    }
    return i;
  }

  /** Adds a value as the first constant whatever else equals it. */
  void firstConstant(Object value) {
    constants.put(value, constantList.size());
    constantList.add(value);
  }

  Object constantAt(int index) {
    return constantList.get(index);
  }

  /** A constant as a VAL operand. */
  int constantOperand(Object value) {
    return ~constant(value);
  }

  int none() {
    return ~constant(Singleton.NONE);
  }

  /** The register of a local, which takes its place in {@code co_varnames} now at the latest. */
  int local(String mangled) {
    int r = tentativeLocal(mangled);
    fixLocal(r);
    return r;
  }

  /** The register of a local that may still come behind others in {@code co_varnames}. */
  int tentativeLocal(String mangled) {
    Integer r = locals.get(mangled);
    if (r == null) {
      r = localList.size();
      locals.put(mangled, r);
      localList.add(mangled);
      if (r == localPlace.length) {
        localPlace = Arrays.copyOf(localPlace, r * 2);
      }
      localPlace[r] = -1;
    }
    return r;
  }

  /** Gives a local its place. */
  void fixLocal(int register) {
    if (localPlace[register] < 0) {
      localPlace[register] = placedLocals++;
    }
  }

  /** The local's index in {@code co_varnames}. */
  int localIndex(int register) {
    return localPlace[register];
  }

  String localName(int register) {
    return localList.get(register);
  }

  /** Register of the cell that the scope makes or was given for a name. */
  int cell(String mangled) {
    Integer r = cells.get(mangled);
    if (r == null) {
      throw new IllegalStateException("no cell " + mangled + " in " + qualname);
    }
    return r;
  }

  boolean hasCell(String mangled) {
    return cells.containsKey(mangled);
  }

  /** Register of the cell of the closure. */
  int freeCell(String mangled) {
    Integer r = free.get(mangled);
    return r == null ? cell(mangled) : r;
  }

  String[] cellVars() {
    return cellVars;
  }

  String[] freeVars() {
    return freeVars;
  }

  void hide(String mangled) {
    if (fastHidden == null) {
      fastHidden = new HashSet<>();
    }
    if (everHidden == null) {
      everHidden = new HashSet<>();
    }
    fastHidden.add(mangled);
    everHidden.add(mangled);
  }

  int closure(int[] registers) {
    if (registers.length == 0) {
      return -1;
    }
    closures.add(registers);
    return closures.size() - 1;
  }

  int shape(int argCount, String[] keywords) {
    List<Object> items = Arrays.asList((Object[]) keywords);
    int constant = constant(new TupleValue(items));
    shapes.add(new CallShape(argCount, keywords, constant));
    return shapes.size() - 1;
  }

  // ---- temporaries

  int temp() {
    int t = temps++;
    if (temps > maxTemps) {
      maxTemps = temps;
    }
    return CodeBuffer.TEMP + t;
  }

  /** A row of temporaries. */
  int temps(int count) {
    int t = temps;
    temps += count;
    if (temps > maxTemps) {
      maxTemps = temps;
    }
    return CodeBuffer.TEMP + t;
  }

  int mark() {
    return temps;
  }

  void release(int mark) {
    temps = mark;
  }

  static boolean isTemp(int register) {
    return register >= CodeBuffer.TEMP;
  }

  static boolean isLocal(int operand) {
    return operand >= 0 && operand < CodeBuffer.CELL;
  }

  // ---- instructions

  void emit(@Nullable SourceRange range, Opcode op) {
    code.emit(range, op, 0, 0, 0);
  }

  void emit(@Nullable SourceRange range, Opcode op, int a) {
    code.emit(range, op, a, 0, 0);
  }

  void emit(@Nullable SourceRange range, Opcode op, int a, int b) {
    code.emit(range, op, a, b, 0);
  }

  void emit(@Nullable SourceRange range, Opcode op, int a, int b, int c) {
    code.emit(range, op, a, b, c);
  }

  int label() {
    return code.newLabel();
  }

  void place(int label) {
    code.place(label);
  }

  boolean isFunctionLike() {
    return scope.isFunctionLike();
  }

  // ---- the result

  @Override
  public int constantPlace(int index) {
    return constantPlace[index];
  }

  @Override
  public int finalRegister(int virtual) {
    int locals = localList.size();
    if (virtual >= CodeBuffer.TEMP) {
      return locals + cellVars.length + freeVars.length + virtual - CodeBuffer.TEMP;
    }
    if (virtual >= CodeBuffer.CELL) {
      int cell = virtual - CodeBuffer.CELL;
      return locals + (cell < cellPlace.length ? cellPlace[cell] : cell);
    }
    return virtual < 0 ? virtual : localPlace[virtual];
  }

  private int parameterCount() {
    return argCount
        + kwOnlyArgCount
        + (scope.hasVarargs() ? 1 : 0)
        + (scope.hasVarkeywords() ? 1 : 0);
  }

  // Compare CPython's compute_code_flags in compile.c
  private int flags(int futureFlags) {
    int flags = 0;
    if (isFunctionLike()) {
      flags |= CodeFlags.NEWLOCALS | CodeFlags.OPTIMIZED;
      if (scope.isNested()) {
        flags |= CodeFlags.NESTED;
      }
      if (scope.isGenerator()) {
        flags |= scope.isCoroutine() ? CodeFlags.ASYNC_GENERATOR : CodeFlags.GENERATOR;
      } else if (scope.isCoroutine()) {
        flags |= CodeFlags.COROUTINE;
      }
      if (scope.hasVarargs()) {
        flags |= CodeFlags.VARARGS;
      }
      if (scope.hasVarkeywords()) {
        flags |= CodeFlags.VARKEYWORDS;
      }
    } else if (kind == Kind.MODULE && scope.isCoroutine()) {
      flags |= CodeFlags.COROUTINE;
    }
    if (scope.isMethod()) {
      flags |= CodeFlags.METHOD;
    }
    if (hasDocstring) {
      flags |= CodeFlags.HAS_DOCSTRING;
    }
    return flags | (futureFlags & CodeFlags.FUTURE_MASK);
  }

  CodeUnit assemble(String filename, int futureFlags) {
    for (int i = 0; i < localList.size(); i++) {
      fixLocal(i);
    }
    String[] finalCells = placeCells();
    Assembler assembler = new Assembler(code);
    assembler.run(parameterCount(), localList.size());
    Object[] constants = keepConstants(assembler);
    assembler.layOut(this);
    String[] varNames = new String[localList.size()];
    for (int i = 0; i < varNames.length; i++) {
      varNames[localPlace[i]] = localList.get(i);
    }
    if (kind == Kind.ANNOTATIONS && name.equals("__annotate__") && varNames.length > 0) {
      // so that inspect.signature() shows a usual name
      varNames[0] = "format";
    }
    boolean @Nullable [] hidden = null;
    if (everHidden != null) {
      hidden = new boolean[varNames.length];
      for (int i = 0; i < varNames.length; i++) {
        hidden[i] = everHidden.contains(varNames[i]);
      }
    }
    int[][] finalClosures = closures.toArray(new int[0][]);
    for (int[] closure : finalClosures) {
      for (int i = 0; i < closure.length; i++) {
        closure[i] = finalRegister(closure[i]);
      }
    }
    return new CodeUnit(
        name,
        qualname,
        filename,
        firstLine,
        argCount,
        posOnlyArgCount,
        kwOnlyArgCount,
        flags(futureFlags),
        varNames.length + cellVars.length + freeVars.length + maxTemps,
        assembler.code(),
        constants,
        nameList.toArray(new String[0]),
        varNames,
        finalCells,
        freeVars,
        hidden,
        assembler.exceptions(),
        PositionTable.of(assembler.positions()),
        finalClosures,
        finalShapes());
  }

  /** The order of {@code co_cellvars}: those that are locals too come first. */
  private String[] placeCells() {
    int n = cellVars.length;
    cellPlace = new int[n];
    String[] result = new String[n];
    int k = 0;
    String[] byPlace = new String[localList.size()];
    for (int i = 0; i < byPlace.length && n > 0; i++) {
      byPlace[localPlace[i]] = localList.get(i);
    }
    for (int i = 0; i < byPlace.length && n > 0; i++) {
      int c = Arrays.asList(cellVars).indexOf(byPlace[i]);
      if (c >= 0) {
        cellPlace[c] = k;
        result[k++] = cellVars[c];
      }
    }
    for (int c = 0; c < n; c++) {
      if (!locals.containsKey(cellVars[c])) {
        cellPlace[c] = k;
        result[k++] = cellVars[c];
      }
    }
    return result;
  }

  private CallShape[] finalShapes() {
    CallShape[] result = new CallShape[shapes.size()];
    for (int i = 0; i < result.length; i++) {
      CallShape s = shapes.get(i);
      result[i] = new CallShape(s.argCount, s.keywords, Math.max(0, constantPlace[s.constant]));
    }
    return result;
  }

  private Object[] keepConstants(Assembler assembler) {
    int n = constantList.size();
    boolean[] used = new boolean[n];
    assembler.markConstants(used);
    if (!shapes.isEmpty()) {
      boolean[] usedShapes = new boolean[shapes.size()];
      assembler.markShapes(usedShapes);
      for (int i = 0; i < usedShapes.length; i++) {
        if (usedShapes[i]) {
          used[shapes.get(i).constant] = true;
        }
      }
    }
    if (hasDocstring) {
      used[0] = true;
    }
    constantPlace = new int[n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      constantPlace[i] = used[i] ? k++ : -1;
    }
    Object[] kept = new Object[k];
    for (int i = 0; i < n; i++) {
      if (used[i]) {
        kept[constantPlace[i]] = constantList.get(i);
      }
    }
    return kept;
  }
}
