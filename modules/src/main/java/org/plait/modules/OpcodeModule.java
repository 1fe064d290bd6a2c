package org.plait.modules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;
import org.plait.modules.debugging.Instructions;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;

/**
 * {@code _opcode}, about the instructions of this implementation. They work on registers, so none
 * has a stack effect. Instructions that CPython has and we don't are unknown here.
 */
@PyModuleDef(name = "_opcode", doc = "Opcode support module.")
public final class OpcodeModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new OpcodeModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("ENABLE_SPECIALIZATION", Py.int_(0));
    m.add("ENABLE_SPECIALIZATION_FT", Py.int_(0));
    PyDict opmap = Py.dict();
    for (int i = 0; i < Opcode.count(); i++) {
      opmap.putStr(Opcode.of(i).name(), Py.int_(i));
    }
    m.add("_opmap", opmap);
  }

  private static @Nullable Opcode find(int number) {
    return number >= 0 && number < Opcode.count() ? Opcode.of(number) : null;
  }

  private static boolean has(int number, Operand... kinds) {
    Opcode op = find(number);
    if (op != null) {
      for (Operand k : kinds) {
        if (op.a == k || op.b == k || op.c == k) {
          return true;
        }
      }
    }
    return false;
  }

  @PyFunction(
      name = "stack_effect",
      sig = "(opcode, oparg=None, /, *, jump=None)",
      doc = "Compute the stack effect of the opcode: 0, as instructions work on registers.")
  static int stackEffect(int opcode, PyObject oparg, PyObject jump) {
    if (jump != Py.None && jump != Py.True && jump != Py.False) {
      throw Errors.valueError("stack_effect: jump must be False, True or None");
    }
    if (find(opcode) == null) {
      throw Errors.valueError("invalid opcode or oparg");
    }
    return 0;
  }

  @PyFunction(name = "is_valid", sig = "(opcode)", doc = "Whether there is such an instruction.")
  static boolean isValid(int opcode) {
    return find(opcode) != null;
  }

  @PyFunction(name = "has_arg", sig = "(opcode)", doc = "Whether the instruction has an operand.")
  static boolean hasArg(int opcode) {
    Opcode op = find(opcode);
    return op != null && op.a != Operand.NONE;
  }

  @PyFunction(
      name = "has_const",
      sig = "(opcode)",
      doc = "Whether the instruction uses a constant.")
  static boolean hasConst(int opcode) {
    return has(opcode, Operand.CONST, Operand.VAL);
  }

  @PyFunction(name = "has_name", sig = "(opcode)", doc = "Whether the instruction uses a name.")
  static boolean hasName(int opcode) {
    return has(opcode, Operand.NAME);
  }

  @PyFunction(name = "has_jump", sig = "(opcode)", doc = "Whether the instruction jumps.")
  static boolean hasJump(int opcode) {
    return has(opcode, Operand.TARGET);
  }

  @PyFunction(
      name = "has_free",
      sig = "(opcode)",
      doc = "Return True if the opcode accesses a cell variable, False otherwise.")
  static boolean hasFree(int opcode) {
    return has(opcode, Operand.CELL);
  }

  @PyFunction(
      name = "has_local",
      sig = "(opcode)",
      doc = "Whether the instruction uses a local variable.")
  static boolean hasLocal(int opcode) {
    return has(opcode, Operand.SRC, Operand.DST, Operand.MOD, Operand.VAL);
  }

  @PyFunction(
      name = "has_exc",
      sig = "(opcode)",
      doc = "Return True if the opcode sets up an exception handler, False otherwise.")
  static boolean hasExc(int opcode) {
    return false;
  }

  @PyFunction(
      name = "get_specialization_stats",
      sig = "()",
      doc = "Return the specialization stats: there are none.")
  static PyObject getSpecializationStats() {
    return Py.None;
  }

  @PyFunction(name = "get_nb_ops", sig = "()", doc = "Return array of symbols of binary ops.")
  static PyObject getNbOps() {
    String[] names = {
      "ADD",
      "AND",
      "FLOOR_DIVIDE",
      "LSHIFT",
      "MATRIX_MULTIPLY",
      "MULTIPLY",
      "REMAINDER",
      "OR",
      "POWER",
      "RSHIFT",
      "SUBTRACT",
      "TRUE_DIVIDE",
      "XOR"
    };
    String[] signs = {"+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"};
    List<PyObject> ops = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      ops.add(Py.tuple(Py.str("NB_" + names[i]), Py.str(signs[i])));
    }
    for (int i = 0; i < names.length; i++) {
      ops.add(Py.tuple(Py.str("NB_INPLACE_" + names[i]), Py.str(signs[i] + "=")));
    }
    ops.add(Py.tuple(Py.str("NB_SUBSCR"), Py.str("[]")));
    return Py.list(ops);
  }

  @PyFunction(
      name = "get_intrinsic1_descs",
      sig = "()",
      doc = "The names of the unary intrinsics: there are none.")
  static PyObject getIntrinsic1Descs() {
    return Py.list();
  }

  @PyFunction(
      name = "get_intrinsic2_descs",
      sig = "()",
      doc = "The names of the binary intrinsics: there are none.")
  static PyObject getIntrinsic2Descs() {
    return Py.list();
  }

  @PyFunction(
      name = "get_special_method_names",
      sig = "()",
      doc = "Return a list of special method names.")
  static PyObject getSpecialMethodNames() {
    return Py.list(
        Py.str("__enter__"), Py.str("__exit__"), Py.str("__aenter__"), Py.str("__aexit__"));
  }

  @PyFunction(
      name = "get_executor",
      sig = "(code, offset)",
      doc = "The executor of an instruction: there are none.")
  static PyObject getExecutor(PyObject code, int offset) {
    if (!(code instanceof PyCode)) {
      throw Errors.typeError("expected a code object, not '" + code.type().name() + "'");
    }
    throw Errors.runtimeError("Executors are not available in this build");
  }

  @PyFunction(
      name = "_decode",
      sig = "(code, /)",
      doc =
          "The instructions of a code object or of co_code, each as (opcode, arg, argval, argrepr,"
              + " offset of the jump target).")
  static PyObject decode(PyObject code) {
    Instructions all =
        code instanceof PyCode c ? Instructions.of(c) : Instructions.of(PyBuffers.toBytes(code));
    List<PyObject> tuples = new ArrayList<>();
    for (int pc = 0; pc < all.size(); pc++) {
      tuples.add(all.get(pc));
    }
    return Py.list(tuples);
  }
}
