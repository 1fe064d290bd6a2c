package org.plait.modules.multibyte;

import org.plait.runtime.text.CodePointBuilder;

/** HZ: GB 2312 in seven bits between tildes with braces. The first byte of the state tells. */
final class HzEncoding extends MultibyteEncoding {
  HzEncoding() {
    super("hz");
  }

  @Override
  void startDecoding(byte[] state) {
    state[0] = 0;
  }

  @Override
  void startEncoding(byte[] state) {
    state[0] = 0;
  }

  @Override
  int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
    int a = in[at] & 0xff;
    if (a == '~') {
      if (at + 1 >= end) {
        return TOO_FEW;
      }
      int b = in[at + 1];
      if (b == '~' && state[0] == 0) {
        out.append('~');
      } else if (b == '{' && state[0] == 0) {
        state[0] = 1;
      } else if (b == '}' && state[0] == 1) {
        state[0] = 0;
      } else if (b != '\n' || state[0] != 0) {
        return -1;
      }
      return 2;
    }
    if (a >= 0x80) {
      return -1;
    }
    if (state[0] == 0) {
      out.append(a);
      return 1;
    }
    if (at + 1 >= end) {
      return TOO_FEW;
    }
    int c = Tables.Gb2312.TABLE.character((a << 8 | in[at + 1] & 0xff) | 0x8080);
    if (c == CharTable.NONE || in[at + 1] < 0) {
      return -1;
    }
    out.append(c);
    return 2;
  }

  @Override
  int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out) {
    int c = in[at];
    if (c < 0x80) {
      finish(state, out);
      out.write(c);
      if (c == '~') {
        out.write(c);
      }
      return 1;
    }
    int code = Tables.Gb2312.TABLE.code(c);
    if (code == CharTable.NONE) {
      return -1;
    }
    if (state[0] == 0) {
      out.all('~', '{');
      state[0] = 1;
    }
    out.code(code & 0x7f7f);
    return 1;
  }

  @Override
  void finish(byte[] state, Bytes out) {
    if (state[0] != 0) {
      out.all('~', '}');
      state[0] = 0;
    }
  }
}
