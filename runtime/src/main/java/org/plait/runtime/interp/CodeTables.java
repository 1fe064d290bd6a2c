package org.plait.runtime.interp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CallShape;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * What {@code co_exceptiontable} holds: the exception table, and the tables of code that CPython
 * has none of, so that code can be made of its attributes, as programs that pickle functions do.
 *
 * @param exceptions as {@link CodeUnit#exceptionTable}
 * @param closures as {@link CodeUnit#closures}
 * @param shapes as {@link CodeUnit#callShapes}
 * @param hidden as {@link CodeUnit#hidden}
 */
record CodeTables(
    int[] exceptions, int[][] closures, CallShape[] shapes, boolean @Nullable [] hidden) {
  /** In {@code co_linetable}: no line, no column. */
  private static final int NONE = Integer.MIN_VALUE;

  static CodeTables of(CodeUnit u) {
    return new CodeTables(u.exceptionTable, u.closures, u.callShapes, u.hidden);
  }

  /** Little-endian ints: each table behind its length. Nothing where all of them are empty. */
  byte[] toBytes() {
    if (exceptions.length == 0 && closures.length == 0 && shapes.length == 0 && hidden == null) {
      return new byte[0];
    }
    IntStream.Builder all = IntStream.builder();
    put(all, exceptions);
    all.add(closures.length);
    for (int[] closure : closures) {
      put(all, closure);
    }
    all.add(shapes.length);
    for (CallShape s : shapes) {
      all.add(s.argCount).add(s.constant);
    }
    all.add(hidden == null ? -1 : hidden.length);
    for (int i = 0; hidden != null && i < hidden.length; i++) {
      all.add(hidden[i] ? 1 : 0);
    }
    return words(all.build().toArray());
  }

  /**
   * What {@link #toBytes} made.
   *
   * @param consts the constants of the code, in which the names of keywords are
   */
  static CodeTables ofBytes(byte[] bytes, PyObject[] consts) {
    if (bytes.length == 0) {
      return new CodeTables(new int[0], new int[0][], new CallShape[0], null);
    }
    IntBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    try {
      int[] exceptions = take(in);
      int[][] closures = new int[length(in)][];
      for (int i = 0; i < closures.length; i++) {
        closures[i] = take(in);
      }
      CallShape[] shapes = new CallShape[length(in)];
      for (int i = 0; i < shapes.length; i++) {
        int count = in.get();
        int constant = in.get();
        shapes[i] = new CallShape(count, keywords(consts, constant), constant);
      }
      boolean[] hidden = in.get(in.position()) < 0 ? null : new boolean[length(in)];
      for (int i = 0; hidden != null && i < hidden.length; i++) {
        hidden[i] = in.get() != 0;
      }
      return new CodeTables(exceptions, closures, shapes, hidden);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw malformed();
    }
  }

  private static String[] keywords(PyObject[] consts, int constant) {
    if (!(consts[constant] instanceof PyTuple names)) {
      throw malformed();
    }
    String[] all = new String[names.size()];
    for (int i = 0; i < all.length; i++) {
      if (!(names.get(i) instanceof PyStr name)) {
        throw malformed();
      }
      all[i] = name.toString().intern();
    }
    return all;
  }

  private static RuntimeException malformed() {
    return Errors.valueError("code: co_exceptiontable is malformed");
  }

  private static void put(IntStream.Builder all, int[] table) {
    all.add(table.length);
    for (int word : table) {
      all.add(word);
    }
  }

  private static int[] take(IntBuffer in) {
    int[] table = new int[length(in)];
    in.get(table);
    return table;
  }

  /** A length that the rest of the words may have. */
  private static int length(IntBuffer in) {
    int n = in.get();
    if (n < 0 || n > in.remaining()) {
      throw malformed();
    }
    return n;
  }

  /**
   * What {@code co_linetable} holds: lines are counted from the code's first, as in CPython, so
   * that code with another first line has all of its lines moved.
   *
   * @param positions as {@link CodeUnit#positions()}
   */
  static byte[] relativePositions(int[] positions, int firstLine) {
    int[] all = positions.clone();
    for (int i = 0; i < all.length; i++) {
      if (all[i] < 0) {
        all[i] = NONE;
      } else if (isLine(i)) {
        all[i] -= firstLine;
      }
    }
    return words(all);
  }

  /** What {@link #relativePositions} took; none where they aren't one for each instruction. */
  static int[] positions(byte[] bytes, int firstLine, int instructions) {
    int[] all = ints(bytes);
    if (all.length == 0) {
      return all;
    }
    if (all.length != instructions * CodeUnit.POSITION_WORDS) {
      int[] none = new int[instructions * CodeUnit.POSITION_WORDS];
      Arrays.fill(none, -1);
      return none;
    }
    for (int i = 0; i < all.length; i++) {
      if (all[i] == NONE) {
        all[i] = -1;
      } else if (isLine(i)) {
        all[i] = Math.max(0, all[i] + firstLine);
      }
    }
    return all;
  }

  /** Positions are (line, end line, column, end column). */
  private static boolean isLine(int i) {
    return i % CodeUnit.POSITION_WORDS < 2;
  }

  /** Ints as little-endian bytes. */
  static byte[] words(int[] words) {
    ByteBuffer b = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asIntBuffer().put(words);
    return b.array();
  }

  /** Little-endian bytes as ints. */
  static int[] ints(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }
}
