package org.plait.syntax;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Positioned;
import org.plait.syntax.ast.Singleton;

/** Writes a tree in the form that {@code src/test/python/oracle.py} writes it. */
final class TreeDump {
  private final StringBuilder out = new StringBuilder();

  private TreeDump() {}

  static String of(AstNode node) {
    TreeDump dump = new TreeDump();
    dump.node(node);
    return dump.out.toString();
  }

  private void node(AstNode node) {
    out.append(node.kind().name());
    if (node instanceof Positioned p) {
      out.append('@').append(p.lineno()).append(':').append(p.colOffset());
      out.append('-').append(p.endLineno()).append(':').append(p.endColOffset());
    }
    out.append('(');
    for (int i = 0; i < node.kind().fields().size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      boolean constant = node.kind().fields().get(i).type().equals("constant");
      value(node.field(i), constant);
    }
    out.append(')');
  }

  private void value(Object v, boolean constant) {
    if (constant) {
      constant(v);
    } else if (v instanceof AstNode n) {
      node(n);
    } else if (v instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        value(list.get(i), false);
      }
      out.append(']');
    } else if (v instanceof String s) {
      text(s.codePoints().toArray());
    } else {
      out.append(v == null ? "None" : v.toString());
    }
  }

  private void constant(Object v) {
    if (v instanceof String s) {
      text(s.codePoints().toArray());
    } else if (v instanceof CodePoints c) {
      text(c.codePoints());
    } else if (v instanceof BytesValue b) {
      out.append("b").append(HexFormat.of().formatHex(b.bytes()));
    } else if (v instanceof Double d) {
      out.append("f").append(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(d)));
    } else if (v instanceof Complex c) {
      out.append("c").append(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(c.imag())));
    } else if (v instanceof Long n) {
      out.append("i").append(Long.toHexString(n));
    } else if (v instanceof BigInteger n) {
      out.append("i").append(n.toString(16));
    } else if (v instanceof Boolean b) {
      out.append(b ? "True" : "False");
    } else if (v == Singleton.NONE) {
      out.append("None");
    } else if (v == Singleton.ELLIPSIS) {
      out.append("Ellipsis");
    } else {
      throw new IllegalArgumentException("constant " + v);
    }
  }

  private void text(int[] points) {
    out.append('"');
    for (int c : points) {
      if (c < 32 || c > 126 || c == '"' || c == '\\') {
        out.append('\\').append(Integer.toHexString(c)).append(';');
      } else {
        out.append((char) c);
      }
    }
    out.append('"');
  }
}
