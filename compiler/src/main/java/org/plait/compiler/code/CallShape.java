package org.plait.compiler.code;

/**
 * The arguments of a call with keywords. Argument registers hold {@code argCount} values, of which
 * the last {@code keywords.length} are named. The same names stand as a tuple at {@code constant}
 * in the constants, as in CPython's {@code co_consts}.
 */
public final class CallShape {
  /** Number of arguments, positional and keyword. */
  public final int argCount;

  /** The keywords, in the order of the last arguments. */
  public final String[] keywords;

  /** Index of the tuple of keywords in the constants. */
  public final int constant;

  public CallShape(int argCount, String[] keywords, int constant) {
    this.argCount = argCount;
    this.keywords = keywords;
    this.constant = constant;
  }

  /** Number of positional arguments. */
  public int positionalCount() {
    return argCount - keywords.length;
  }
}
