package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;
import org.plait.runtime.object.PyObject;

/**
 * An instruction of warm code: notes what kinds of values it meets, for the compiler. The notes are
 * plain fields that any thread adds to; a lost one costs a wrong guess.
 */
final class Profiled extends Instr {
  private static final PyCode[] NONE = {};
  private static final int[] NO_KINDS = {};
  private static final int MAX_OTHERS = 5;
  private static final int NO_FUNCTION =
      CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;

  final Instr plain;
  private final int left;
  private final int right;
  private final int dst;
  int leftKinds;
  int rightKinds;
  int resultKinds;

  /** How often it has been done. */
  int runs;

  /** The code of the function that is called, while it is always the same. */
  @Nullable PyCode callee;

  /** The codes of the other functions that are called, as long as they are few. */
  PyCode[] otherCallees = NONE;

  /** What is called, while it is always the same and no Python function. */
  @Nullable PyObject nativeCallee;

  boolean manyCallees;

  /** Kinds of the arguments at the function's entry; has no elements elsewhere. */
  int[] argumentKinds = NO_KINDS;

  /** The codes that callees run which are no functions themselves: methods, constructors. */
  PyCode[] behind = NONE;

  /** Something was called that may block or run Python code in ways that are not known. */
  boolean noisy;

  /** A method call has called what is no method. */
  boolean withoutSelf;

  private final boolean call;

  private Profiled(Instr plain, int left, int right, int dst, boolean call) {
    this.plain = plain;
    this.left = left;
    this.right = right;
    this.dst = dst;
    this.call = call;
  }

  /** The instruction with notes, or as it is where none are of use. */
  static Instr of(PyCode code, int pc, Instr plain) {
    int[] w = code.unit.code;
    int at = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(w[at]);
    int a = w[at + 1];
    int b = w[at + 2];
    int c = w[at + 3];
    return switch (op) {
      case CALL -> new Profiled(plain, b, -1, a, true);
      case CALL_METHOD, CALL_METHOD_KW -> new Profiled(plain, b, b + 1, a, true);
      case BINARY_SLICE -> new Profiled(plain, b, -1, -1, false);
      case STORE_SLICE -> new Profiled(plain, a, -1, -1, false);
      case RETURN_VALUE -> new Profiled(plain, a, -1, -1, false);
      case RESUME -> entry(code, plain);
      case FOR_ITER, LOAD_ATTR, GET_ITER -> new Profiled(plain, b, -1, a, false);
      case STORE_SUBSCR -> new Profiled(plain, a, b, -1, false);
      case UNPACK_SEQUENCE -> new Profiled(plain, a, -1, -1, false);
      case UNARY_NEGATIVE, TO_BOOL, UNARY_NOT -> new Profiled(plain, b, -1, a, false);
      case JUMP_IF_TRUE, JUMP_IF_FALSE -> new Profiled(plain, a, -1, -1, false);
      case CALL_KW, CALL_EX, WITH_EXIT -> new Profiled(plain, b, -1, a, true);
      case RAISE, RAISE_FROM, RAISE_BARE, MAKE_FUNCTION, YIELD_VALUE, YIELD_DELEGATE ->
          new Profiled(plain, -1, -1, -1, false);
      case IMPORT_NAME, IMPORT_FROM, DELETE_ATTR, DELETE_GLOBAL, LIST_TO_TUPLE ->
          new Profiled(plain, -1, -1, -1, false);
      case BUILD_MAP, BUILD_SET, BUILD_STRING, CONVERT_VALUE, FORMAT_SIMPLE, FORMAT_WITH_SPEC ->
          new Profiled(plain, -1, -1, -1, false);
      case LOAD_METHOD, STORE_ATTR, DELETE_SUBSCR, UNPACK_EX ->
          new Profiled(plain, -1, -1, -1, false);
      case STORE_GLOBAL, LOAD_COMMON_CONSTANT, LIST_EXTEND, LOAD_SPECIAL ->
          new Profiled(plain, -1, -1, -1, false);
      default -> {
        if (op.a == Operand.DST && op.b == Operand.VAL && op.c == Operand.VAL) {
          yield new Profiled(plain, b, c, a, false);
        }
        yield op.a == Operand.VAL && op.b == Operand.VAL && op.c == Operand.TARGET
            ? new Profiled(plain, a, b, -1, false)
            : plain;
      }
    };
  }

  private static Instr entry(PyCode code, Instr plain) {
    int parameters = code.parameters();
    boolean function = parameters > 0 && !code.unit.has(NO_FUNCTION);
    if (parameters > FastCode.MAX_ARGUMENTS || !function && !code.startsGenerator()) {
      return plain;
    }
    Profiled p = new Profiled(plain, -1, -1, -1, false);
    p.argumentKinds = new int[parameters];
    return p;
  }

  @Override
  int exec(PyFrame f, PyObject[] r) {
    runs++;
    for (int i = 0; i < argumentKinds.length; i++) {
      argumentKinds[i] |= Feedback.kind(r[i]);
    }
    if (left >= 0) {
      PyObject x = r[left];
      leftKinds |= Feedback.kind(x);
      if (call) {
        called(x);
        withoutSelf |= right >= 0 && r[right] == null;
      }
    }
    if (right >= 0) {
      rightKinds |= Feedback.kind(r[right]);
    }
    int next = plain.exec(f, r);
    if (dst >= 0) {
      resultKinds |= Feedback.kind(r[dst]);
    }
    return next;
  }

  /** What is noted now, in an object that nobody adds to. */
  Profiled snapshot() {
    Profiled p = new Profiled(plain, left, right, dst, call);
    p.leftKinds = leftKinds;
    p.rightKinds = rightKinds;
    p.resultKinds = resultKinds;
    p.runs = runs;
    p.callee = callee;
    p.otherCallees = otherCallees;
    p.nativeCallee = nativeCallee;
    p.manyCallees = manyCallees;
    p.argumentKinds = argumentKinds.length == 0 ? NO_KINDS : argumentKinds.clone();
    p.behind = behind;
    p.noisy = noisy;
    p.withoutSelf = withoutSelf;
    return p;
  }

  private void called(PyObject x) {
    if (x instanceof PyFunction fn && fn.code != callee) {
      if (callee == null) {
        callee = fn.code;
      } else {
        manyCallees = true;
        alsoCalled(fn.code);
      }
    } else if (x != nativeCallee && !(x instanceof PyFunction)) {
      calledOther(x);
    }
  }

  private void calledOther(@Nullable PyObject x) {
    noisy |= !Quiet.mayDo(x);
    PyCode code = Quiet.codeBehind(x);
    if (code != null) {
      behind = with(behind, code);
    }
    if (Feedback.isNative(x)) {
      if (nativeCallee == null) {
        nativeCallee = x;
      } else {
        manyCallees = true;
      }
    }
  }

  private void alsoCalled(PyCode code) {
    otherCallees = with(otherCallees, code);
  }

  private static PyCode[] with(PyCode[] codes, PyCode code) {
    for (PyCode c : codes) {
      if (c == code) {
        return codes;
      }
    }
    if (codes.length >= MAX_OTHERS) {
      return codes;
    }
    PyCode[] more = java.util.Arrays.copyOf(codes, codes.length + 1);
    more[codes.length] = code;
    return more;
  }

  @Override
  void forget() {
    plain.forget();
  }
}
