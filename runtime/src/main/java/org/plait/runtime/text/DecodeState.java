package org.plait.runtime.text;

/** The input, the position in it and the output of a running decoder, and its error calls. */
final class DecodeState {
  byte[] in;
  int pos;
  final CodePointBuilder out;
  private final CodecErrors errors;

  DecodeState(byte[] in, CodecErrors errors) {
    this.in = in;
    this.errors = errors;
    this.out = new CodePointBuilder(in.length);
  }

  /** Asks the error handler about bytes start to end and goes on where it says. */
  void error(String encoding, int start, int end, String reason) {
    if (errors == BuiltinCodecErrors.REPLACE) {
      out.append(0xfffd);
      pos = end;
      return;
    }
    CodecErrors.DecodeFix fix = errors.decode(encoding, in, start, end, reason);
    byte[] changed = fix.input();
    if (changed != null) {
      in = changed;
    }
    int resume = fix.resume() < 0 ? fix.resume() + in.length : fix.resume();
    if (resume < 0 || resume > in.length) {
      throw outOfBounds(fix.resume());
    }
    out.append(fix.text());
    pos = resume;
  }

  static TextException outOfBounds(int position) {
    return new TextException(
        TextException.Kind.INDEX, "position " + position + " from error handler out of bounds");
  }

  Decoded result(int consumed) {
    return new Decoded(out.toSource(), consumed);
  }
}
