package org.plait.compiler.code;

import static org.plait.compiler.code.Operand.*;

/**
 * The instruction set. An instruction is four ints: opcode ({@link #ordinal}), a, b, c.
 * Instructions are numbered from 0; jump targets and tables count instructions, not ints.
 *
 * <p>Registers of a frame, in order: fast locals (arguments first, as {@code co_varnames}), cell
 * registers (cellvars, then freevars), temporaries. An unbound local is a null register. An
 * instruction that raises has written none of its destinations (FOR_ITER apart, which clears
 * nothing when it raises), so a destination may be a local.
 *
 * <p>{@code r[x]} is the register x, {@code v(x)} a register or constant. A NOP exists only for its
 * line and may be skipped when nobody traces. The order of the binary operators is that of {@code
 * org.plait.syntax.ast.Operator}.
 */
public enum Opcode {
  /** Nothing; carries a line for tracing. */
  NOP(NONE, NONE, NONE),
  /**
   * The frame starts or has been resumed: poll. a = 0 function entry, 1 behind a yield, 2 behind a
   * yield from, 3 behind an await. Only kind 0 is emitted as an instruction of its own; YIELD_VALUE
   * and YIELD_DELEGATE poll by themselves when resumed.
   */
  RESUME(IMM, NONE, NONE),

  // Registers and constants
  /** r[a] = constant b. */
  LOAD_CONST(DST, CONST, NONE),
  /** r[a] = r[b]. */
  MOVE(DST, SRC, NONE),
  /** If the local r[a] is null: UnboundLocalError. */
  CHECK_LOCAL(SRC, NONE, NONE),
  /** As CHECK_LOCAL, then r[a] = null. */
  DELETE_LOCAL(MOD, NONE, NONE),
  /** r[a] = null. */
  CLEAR(DST, NONE, NONE),
  /** r[a] = r[b]; r[b] = null. Either may be null. Also moves cells. */
  SAVE_LOCAL(DST, MOD, NONE),
  /** r[a] = r[b], which may be null. Also moves cells. */
  RESTORE_LOCAL(DST, SRC, NONE),

  // Cells
  /**
   * The closure's cells go to the registers from a on, b of them. First instruction if there is
   * one.
   */
  COPY_FREE_VARS(WRITE_RANGE, COUNT, NONE),
  /** r[a] = a new cell, holding r[b] (r[b] = null then) if b >= 0, otherwise empty. */
  MAKE_CELL(DST, IMM, NONE),
  /** r[a] = content of the cell r[b]; NameError or UnboundLocalError if empty. */
  LOAD_DEREF(DST, CELL, NONE),
  /** Content of the cell r[a] = v(b). */
  STORE_DEREF(CELL, VAL, NONE),
  /** Empties the cell r[a]; NameError or UnboundLocalError if empty. */
  DELETE_DEREF(CELL, NONE, NONE),
  /** r[a] = item of the mapping r[b] under the name of cell r[c], or else as LOAD_DEREF. */
  LOAD_FROM_DICT_OR_DEREF(DST, SRC, CELL),

  // Names
  /** r[a] = local, global or built-in b. */
  LOAD_NAME(DST, NAME, NONE),
  /** Local a = v(b), in the frame's locals mapping. */
  STORE_NAME(NAME, VAL, NONE),
  DELETE_NAME(NAME, NONE, NONE),
  /** r[a] = global or built-in b. */
  LOAD_GLOBAL(DST, NAME, NONE),
  STORE_GLOBAL(NAME, VAL, NONE),
  DELETE_GLOBAL(NAME, NONE, NONE),
  /** r[a] = item of the mapping r[b] under the name c, or else as LOAD_GLOBAL. */
  LOAD_FROM_DICT_OR_GLOBALS(DST, SRC, NAME),
  /** r[a] = the frame's locals mapping. */
  LOAD_LOCALS(DST, NONE, NONE),
  /** r[a] = builtins.__build_class__. */
  LOAD_BUILD_CLASS(DST, NONE, NONE),
  /** r[a] = AssertionError (b = 0), NotImplementedError 1, tuple 2, all 3, any 4: the real ones. */
  LOAD_COMMON_CONSTANT(DST, IMM, NONE),
  /** Makes {@code __annotations__} a dict in the locals mapping if it isn't there. */
  SETUP_ANNOTATIONS(NONE, NONE, NONE),

  // Attributes
  /** r[a] = r[b].name c. */
  LOAD_ATTR(DST, SRC, NAME),
  /** r[a].name b = v(c). */
  STORE_ATTR(SRC, NAME, VAL),
  DELETE_ATTR(SRC, NAME, NONE),
  /**
   * For a call of r[b].name c: r[a] = function and r[a+1] = r[b] if a method was found that needs
   * no binding, otherwise r[a] = the attribute and r[a+1] = null.
   */
  LOAD_METHOD(WRITE2, SRC, NAME),
  /**
   * r[a] = super(r[b+1], r[b+2]).name c, where r[b] is what the name {@code super} gave; if that is
   * not the built-in type, r[b] is called with both.
   */
  LOAD_SUPER_ATTR(DST, READ3, NAME),
  /**
   * As LOAD_SUPER_ATTR, for the source {@code super()}: anything but the type is called with none.
   */
  LOAD_ZERO_SUPER_ATTR(DST, READ3, NAME),
  /** LOAD_SUPER_ATTR with the result of LOAD_METHOD. */
  LOAD_SUPER_METHOD(WRITE2, READ3, NAME),
  /** LOAD_ZERO_SUPER_ATTR with the result of LOAD_METHOD. */
  LOAD_ZERO_SUPER_METHOD(WRITE2, READ3, NAME),

  // Subscripts
  /** r[a] = v(b)[v(c)]. */
  BINARY_SUBSCR(DST, VAL, VAL),
  /** r[a][v(b)] = v(c). */
  STORE_SUBSCR(SRC, VAL, VAL),
  /** del r[a][v(b)]. */
  DELETE_SUBSCR(SRC, VAL, NONE),
  /** r[a] = r[b][r[c]:r[c+1]]. */
  BINARY_SLICE(DST, SRC, READ2),
  /** r[a][r[b]:r[b+1]] = v(c). */
  STORE_SLICE(SRC, READ2, VAL),
  /** r[a] = slice(r[b], r[b+1]) or with r[b+2] if c = 3. */
  BUILD_SLICE(DST, RANGE, COUNT),

  // Operators: r[a] = v(b) op v(c)
  UNARY_NEGATIVE(DST, SRC, NONE),
  UNARY_INVERT(DST, SRC, NONE),
  UNARY_POSITIVE(DST, SRC, NONE),
  /** r[a] = not r[b], by truth value. */
  UNARY_NOT(DST, SRC, NONE),
  /** r[a] = bool(r[b]). */
  TO_BOOL(DST, SRC, NONE),
  BINARY_ADD(DST, VAL, VAL),
  BINARY_SUB(DST, VAL, VAL),
  BINARY_MULT(DST, VAL, VAL),
  BINARY_MATMULT(DST, VAL, VAL),
  BINARY_DIV(DST, VAL, VAL),
  BINARY_MOD(DST, VAL, VAL),
  BINARY_POW(DST, VAL, VAL),
  BINARY_LSHIFT(DST, VAL, VAL),
  BINARY_RSHIFT(DST, VAL, VAL),
  BINARY_OR(DST, VAL, VAL),
  BINARY_XOR(DST, VAL, VAL),
  BINARY_AND(DST, VAL, VAL),
  BINARY_FLOORDIV(DST, VAL, VAL),
  INPLACE_ADD(DST, VAL, VAL),
  INPLACE_SUB(DST, VAL, VAL),
  INPLACE_MULT(DST, VAL, VAL),
  INPLACE_MATMULT(DST, VAL, VAL),
  INPLACE_DIV(DST, VAL, VAL),
  INPLACE_MOD(DST, VAL, VAL),
  INPLACE_POW(DST, VAL, VAL),
  INPLACE_LSHIFT(DST, VAL, VAL),
  INPLACE_RSHIFT(DST, VAL, VAL),
  INPLACE_OR(DST, VAL, VAL),
  INPLACE_XOR(DST, VAL, VAL),
  INPLACE_AND(DST, VAL, VAL),
  INPLACE_FLOORDIV(DST, VAL, VAL),
  COMPARE_LT(DST, VAL, VAL),
  COMPARE_LE(DST, VAL, VAL),
  COMPARE_EQ(DST, VAL, VAL),
  COMPARE_NE(DST, VAL, VAL),
  COMPARE_GT(DST, VAL, VAL),
  COMPARE_GE(DST, VAL, VAL),
  COMPARE_IS(DST, VAL, VAL),
  COMPARE_IS_NOT(DST, VAL, VAL),
  /** r[a] = v(b) in v(c). */
  COMPARE_IN(DST, VAL, VAL),
  COMPARE_NOT_IN(DST, VAL, VAL),

  // Jumps
  JUMP(TARGET, NONE, NONE),
  /** A loop's back-edge: jump to a smaller a, and poll. */
  JUMP_BACK(TARGET, NONE, NONE),
  /** Jump to b if r[a] is true. */
  JUMP_IF_TRUE(SRC, TARGET, NONE),
  JUMP_IF_FALSE(SRC, TARGET, NONE),
  JUMP_IF_NONE(SRC, TARGET, NONE),
  JUMP_IF_NOT_NONE(SRC, TARGET, NONE),
  /** Jump to c if v(a) < v(b) gives something true. */
  JUMP_IF_LT(VAL, VAL, TARGET),
  JUMP_IF_LE(VAL, VAL, TARGET),
  JUMP_IF_EQ(VAL, VAL, TARGET),
  JUMP_IF_NE(VAL, VAL, TARGET),
  JUMP_IF_GT(VAL, VAL, TARGET),
  JUMP_IF_GE(VAL, VAL, TARGET),
  JUMP_IF_IS(VAL, VAL, TARGET),
  JUMP_IF_IS_NOT(VAL, VAL, TARGET),
  JUMP_IF_IN(VAL, VAL, TARGET),
  JUMP_IF_NOT_IN(VAL, VAL, TARGET),
  /** Jump to c if v(a) < v(b) gives something false; not the same as JUMP_IF_GE. */
  JUMP_UNLESS_LT(VAL, VAL, TARGET),
  JUMP_UNLESS_LE(VAL, VAL, TARGET),
  JUMP_UNLESS_EQ(VAL, VAL, TARGET),
  JUMP_UNLESS_NE(VAL, VAL, TARGET),
  JUMP_UNLESS_GT(VAL, VAL, TARGET),
  JUMP_UNLESS_GE(VAL, VAL, TARGET),

  // Iteration
  /** r[a] = iter(r[b]). */
  GET_ITER(DST, SRC, NONE),
  /** r[a] = next of the iterator r[b]; at its end jump to c, leaving r[a] as it was. */
  FOR_ITER(DST, SRC, TARGET),
  /** r[a] = len(r[b]). */
  GET_LEN(DST, SRC, NONE),

  // Calls
  /** r[a] = r[b](r[b+1] .. r[b+c]). */
  CALL(DST, CALLEE, COUNT),
  /**
   * As CALL behind LOAD_METHOD: callable r[b], self or null r[b+1], arguments r[b+2] .. r[b+1+c].
   */
  CALL_METHOD(DST, METHOD, COUNT),
  /** CALL whose arguments are described by callShapes[c]. */
  CALL_KW(DST, CALLEE, SHAPE),
  /** CALL_METHOD whose arguments are described by callShapes[c]. */
  CALL_METHOD_KW(DST, METHOD, SHAPE),
  /** r[a] = r[b](*r[b+1], **r[b+2]); r[b+1] any iterable, r[b+2] null if there is none. */
  CALL_EX(DST, READ3, NONE),

  // Containers
  BUILD_TUPLE(DST, RANGE, COUNT),
  BUILD_LIST(DST, RANGE, COUNT),
  BUILD_SET(DST, RANGE, COUNT),
  /** r[a] = {r[b]: r[b+1], ...}, c pairs. */
  BUILD_MAP(DST, PAIRS, COUNT),
  /** r[a] = the strs r[b] .. r[b+c-1] joined. */
  BUILD_STRING(DST, RANGE, COUNT),
  /** The list r[a] gets v(b). */
  LIST_APPEND(SRC, VAL, NONE),
  /** The list r[a] gets the items of v(b); TypeError "Value after * must be an iterable, not X". */
  LIST_EXTEND(SRC, VAL, NONE),
  /** r[a] = a tuple of the list r[b]. */
  LIST_TO_TUPLE(DST, SRC, NONE),
  SET_ADD(SRC, VAL, NONE),
  SET_UPDATE(SRC, VAL, NONE),
  /** The dict r[a] gets v(b): v(c). */
  MAP_ADD(SRC, VAL, VAL),
  /** The dict r[a] is updated with r[b]; TypeError "'X' object is not a mapping". */
  DICT_UPDATE(SRC, SRC, NONE),
  /** As DICT_UPDATE for keyword arguments of the callable r[c]: a key seen twice is a TypeError. */
  DICT_MERGE(SRC, SRC, SRC),
  /** r[b] .. r[b+c-1] = the c items of r[a]. */
  UNPACK_SEQUENCE(SRC, WRITE_RANGE, COUNT),
  /** As {@code p, *q, s = r[a]}: c = before | after << 8, list between; all from r[b] on. */
  UNPACK_EX(SRC, WRITE_EX, IMM),

  // Functions and generators
  /**
   * r[a] = function of the code constant b; its cells are the registers closures[c] (c = -1: none).
   */
  MAKE_FUNCTION(DST, CONST, CLOSURE),
  /**
   * The function r[a] gets v(c): b = 1 defaults, 2 kwdefaults dict, 4 annotations tuple, 16
   * annotate.
   */
  SET_FUNCTION_ATTRIBUTE(SRC, IMM, VAL),
  RETURN_VALUE(VAL, NONE, NONE),
  /**
   * Instead of running on, returns a generator (by co_flags) that will start at the next
   * instruction.
   */
  RETURN_GENERATOR(NONE, NONE, NONE),
  /** Yields v(b); when resumed r[a] = what was sent. */
  YIELD_VALUE(DST, VAL, NONE),
  /** r[a] = v(b) wrapped as an async generator's yielded value. */
  ASYNC_GEN_WRAP(DST, VAL, NONE),
  /**
   * r[a] = iterator for {@code yield from r[b]}: a coroutine only within one, a generator as it is.
   */
  GET_YIELD_FROM_ITER(DST, SRC, NONE),
  /** r[a] = awaitable's iterator of r[b]; c = 0 await, 1 from __aenter__, 2 from __aexit__. */
  GET_AWAITABLE(DST, SRC, IMM),
  /** Sends r[a] into r[b]: r[a] = what it yields, or if it returns, r[a] = that and jump to c. */
  SEND(MOD, SRC, TARGET),
  /**
   * Yields r[a] as it came from the sub-iterator r[b]; when resumed r[a] = what was sent. While
   * suspended here, gi_yieldfrom / cr_await is r[b], which throw() and close() reach first. c = 0
   * yield from, 1 await.
   */
  YIELD_DELEGATE(MOD, SRC, IMM),
  /**
   * If the exception r[b] is StopIteration: r[a] = its value, jump to c. Else reraise as RERAISE.
   */
  CLEANUP_THROW(DST, SRC, TARGET),
  GET_AITER(DST, SRC, NONE),
  /** r[a] = awaitable of the next item of r[b]. */
  GET_ANEXT(DST, SRC, NONE),
  /** If the exception r[a] is StopAsyncIteration, go on; else reraise as RERAISE. */
  END_ASYNC_FOR(SRC, NONE, NONE),

  // Exceptions
  /** raise: the handled exception once more. */
  RAISE_BARE(NONE, NONE, NONE),
  /** raise v(a). */
  RAISE(VAL, NONE, NONE),
  /** raise v(a) from v(b). */
  RAISE_FROM(VAL, VAL, NONE),
  /**
   * Throws the exception r[a] without adding this frame to its traceback again. b = 1: the frame's
   * position becomes that of the exception whose handler this is.
   */
  RERAISE(SRC, IMM, NONE),
  /** r[a] = the handled exception (None or null if none); handled exception = r[b]. */
  PUSH_EXC(DST, SRC, NONE),
  /** Handled exception = r[a], what PUSH_EXC left. */
  POP_EXCEPT(SRC, NONE, NONE),
  /** Jump to c unless the exception r[a] matches r[b], a type or tuple of types. */
  JUMP_UNLESS_EXC_MATCH(SRC, SRC, TARGET),
  /**
   * Splits the exception or group r[b] by the type r[c]: r[a] = the matching part or None, which
   * also becomes the handled exception if there is one; r[b] = the rest or None.
   */
  CHECK_EG_MATCH(DST, MOD, SRC),
  /**
   * r[a] = what to raise behind except* clauses: original r[b], list of raised and unhandled r[c].
   */
  PREP_RERAISE_STAR(DST, SRC, SRC),
  /** r[a] = RuntimeError made of the StopIteration (StopAsyncIteration) r[b], else r[b]. */
  STOPITERATION_ERROR(DST, SRC, NONE),
  /**
   * LOAD_METHOD of a special method of r[b]'s type: c = 0 __enter__, 1 __exit__, 2 __aenter__, 3
   * __aexit__; TypeError about the (asynchronous) context manager protocol.
   */
  LOAD_SPECIAL(WRITE2, SRC, IMM),
  /** r[a] = r[b] called (r[b+1] = self or null) with None, None, None. */
  WITH_EXIT(DST, READ2, NONE),
  /**
   * r[a] = r[b] called (r[b+1] = self or null) with type, value and traceback of the exception
   * r[c].
   */
  WITH_EXCEPT_START(DST, READ2, SRC),

  // Strings
  /** r[a] = str (c = 1), repr 2, ascii 3 of r[b]. */
  CONVERT_VALUE(DST, SRC, IMM),
  /** r[a] = format(r[b], ""); a str as it is. */
  FORMAT_SIMPLE(DST, SRC, NONE),
  /** r[a] = format(r[b], v(c)). */
  FORMAT_WITH_SPEC(DST, SRC, VAL),
  /**
   * r[a] = Interpolation of value r[b], expression r[b+1], conversion c: 0 none, 1 s, 2 r, 3 a;
   * format spec r[b+2], a str.
   */
  BUILD_INTERPOLATION(DST, READ3, IMM),
  /** r[a] = Template of the tuple of strs r[b] and the tuple of interpolations r[b+1]. */
  BUILD_TEMPLATE(DST, READ2, NONE),

  // match
  MATCH_SEQUENCE(DST, SRC, NONE),
  MATCH_MAPPING(DST, SRC, NONE),
  /** r[a] = tuple of the values in r[b] under the keys of the tuple r[c], or None. */
  MATCH_KEYS(DST, SRC, SRC),
  /**
   * r[a] = tuple of attributes or None: subject r[b], class r[b+1], tuple of keyword names r[b+2],
   * c positional ones.
   */
  MATCH_CLASS(DST, READ3, IMM),

  // Imports
  /** r[a] = import of name c with level r[b] and fromlist r[b+1]. */
  IMPORT_NAME(DST, READ2, NAME),
  IMPORT_FROM(DST, SRC, NAME),
  /** from r[a] import *. */
  IMPORT_STAR(SRC, NONE, NONE),

  // Types
  /** r[a] = TypeVar(v(b)). */
  TYPEVAR(DST, VAL, NONE),
  /** r[a] = TypeVar named v(b) whose bound is evaluated by the function r[c]. */
  TYPEVAR_WITH_BOUND(DST, VAL, SRC),
  TYPEVAR_WITH_CONSTRAINTS(DST, VAL, SRC),
  PARAMSPEC(DST, VAL, NONE),
  TYPEVARTUPLE(DST, VAL, NONE),
  /** r[a] = the type parameter r[b], whose default is evaluated by the function r[c]. */
  SET_TYPEPARAM_DEFAULT(DST, SRC, SRC),
  /** r[a] = Generic[*r[b]], r[b] a tuple of type parameters. */
  SUBSCRIPT_GENERIC(DST, SRC, NONE),
  /** The function r[a] gets the type parameters r[b]. */
  SET_FUNCTION_TYPE_PARAMS(SRC, SRC, NONE),
  /** r[a] = TypeAliasType of the tuple r[b]: name, type parameters or None, evaluating function. */
  TYPEALIAS(DST, SRC, NONE),

  /** sys.displayhook(r[a]). */
  PRINT_EXPR(SRC, NONE, NONE);

  private static final Opcode[] TABLE = values();

  /** Meaning of the first operand. */
  public final Operand a;

  /** Meaning of the second operand. */
  public final Operand b;

  /** Meaning of the third operand. */
  public final Operand c;

  Opcode(Operand a, Operand b, Operand c) {
    this.a = a;
    this.b = b;
    this.c = c;
  }

  /** The opcode with a number. */
  public static Opcode of(int number) {
    return TABLE[number];
  }

  /** How many opcodes there are. */
  public static int count() {
    return TABLE.length;
  }

  /** Whether control may leave to a {@link Operand#TARGET}. */
  public boolean isJump() {
    return a == TARGET || b == TARGET || c == TARGET;
  }

  /** Whether the next instruction is never reached from this one by falling through. */
  public boolean endsBlock() {
    return switch (this) {
      case JUMP, JUMP_BACK, RETURN_VALUE, RAISE_BARE, RAISE, RAISE_FROM, RERAISE, CLEANUP_THROW ->
          true;
      default -> false;
    };
  }
}
