package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The format languages of {@code %} and {@code str.format} against CPython (gen_formats.py). */
class FormatTest {
  @Test
  void agreesWithCPython() {
    List<String> bad = new ArrayList<>();
    for (String[] c : TestCases.read("formats.tsv.gz")) {
      String want = c[c.length - 1];
      String got;
      try {
        got = "=" + eval(c);
      } catch (TextException e) {
        String kind =
            switch (e.kind()) {
              case VALUE -> "ValueError";
              case OVERFLOW -> "OverflowError";
              case TYPE -> "TypeError";
              case MEMORY -> "MemoryError";
              default -> "KeyError";
            };
        got = "!" + kind + ": " + e.text();
      }
      if (!got.equals(want)) {
        bad.add(String.join(" | ", c) + " but got " + got);
      }
    }
    assertThat(bad).isEmpty();
  }

  private static String eval(String[] c) {
    switch (c[0]) {
      case "pct" -> {
        return PercentFormat.format(CodePointSource.of(c[3]), new Values(c, false), 4300)
            .toString();
      }
      case "pctb" -> {
        byte[] f = c[3].getBytes(StandardCharsets.ISO_8859_1);
        return new String(
            PercentFormat.format(f, new Values(c, true), 4300), StandardCharsets.ISO_8859_1);
      }
      case "fields" -> {
        StrFormatParser p = new StrFormatParser(CodePointSource.of(c[1]));
        List<String> out = new ArrayList<>();
        for (StrFormatParser.Field f = p.next(); f != null; f = p.next()) {
          out.add(
              "s"
                  + f.literal()
                  + ";"
                  + (f.name() == null
                      ? "-;-;-"
                      : "s"
                          + f.name()
                          + ";s"
                          + f.spec()
                          + ";"
                          + (f.conversion() == 0
                              ? "-"
                              : "s" + Character.toString(f.conversion()))));
        }
        return String.join("|", out);
      }
      case "split" -> {
        StrFormatParser.FieldName n = new StrFormatParser.FieldName(CodePointSource.of(c[1]));
        StringBuilder out = new StringBuilder();
        out.append(n.index() >= 0 ? "i" + n.index() : "s" + n.first()).append('|');
        String sep = "";
        for (StrFormatParser.Step s = n.next(); s != null; s = n.next()) {
          out.append(sep).append(s.attribute() ? "True" : "False").append(';');
          out.append(s.index() >= 0 ? "i" + s.index() : "s" + s.name());
          sep = "|";
        }
        return out.toString();
      }
      default -> throw new IllegalArgumentException(c[0]);
    }
  }

  /** Long, BigInteger, Double, String, or byte[] as in the case file. */
  private record Values(List<Object> items, boolean dict, boolean bytes)
      implements PercentFormat.Args<Object> {
    Values(String[] c, boolean bytes) {
      this(new ArrayList<>(), c[1].equals("d"), bytes);
      for (String s : c[2].split("\u0002", -1)) {
        String t = s.substring(1);
        switch (s.charAt(0)) {
          case 'i' -> {
            BigInteger b = new BigInteger(t);
            items.add(b.bitLength() < 64 ? (Object) b.longValue() : b);
          }
          case 'f' -> items.add(FloatText.fromHex(t));
          case 'b' -> items.add(t.getBytes(StandardCharsets.ISO_8859_1));
          default -> items.add(t);
        }
      }
    }

    @Override
    public int tupleLength() {
      return dict ? -1 : items.size();
    }

    @Override
    public Object item(int index) {
      return items.get(index);
    }

    @Override
    public Object whole() {
      return this;
    }

    @Override
    public boolean isMapping() {
      return dict;
    }

    @Override
    public Object lookup(CodePointSource key) {
      return switch (key.toString()) {
        case "a" -> items.getFirst();
        case "b(c)" -> items.getLast();
        default -> throw new TextException(TextException.Kind.KEY, key.toString());
      };
    }

    @Override
    public String fullTypeName(Object v) {
      return typeName(v);
    }

    @Override
    public String typeName(Object v) {
      return switch (v) {
        case String s -> "str";
        case byte[] b -> "bytes";
        case Double d -> "float";
        case Values x -> "dict";
        default -> "int";
      };
    }

    @Override
    public @Nullable Number asInt(Object v) {
      return v instanceof Long || v instanceof BigInteger ? (Number) v : null;
    }

    @Override
    public @Nullable Number toInt(Object v) {
      if (v instanceof Double d) {
        BigInteger b = FloatText.truncate(d);
        return b.bitLength() < 64 ? (Number) b.longValue() : b;
      }
      return asInt(v);
    }

    @Override
    public @Nullable Number index(Object v) {
      return asInt(v);
    }

    @Override
    public double toDouble(Object v) {
      if (v instanceof Number n) {
        return n.doubleValue();
      }
      throw TextException.type(
          (bytes ? "float argument required, not " : "must be real number, not ") + typeName(v));
    }

    @Override
    public @Nullable CodePointSource text(Object v) {
      return switch (v) {
        case String s when !bytes -> CodePointSource.of(s);
        case byte[] b when bytes ->
            CodePointSource.ofBmp(new String(b, StandardCharsets.ISO_8859_1));
        default -> null;
      };
    }

    @Override
    public @Nullable CodePointSource str(Object v) {
      if (bytes) {
        return text(v);
      }
      return v instanceof String s ? CodePointSource.of(s) : repr(v);
    }

    @Override
    public CodePointSource repr(Object v) {
      return CodePointSource.of(
          switch (v) {
            case String s -> TextRepr.repr(s);
            case byte[] b -> TextRepr.repr(b);
            case Double d -> FloatText.repr(d);
            case Values x -> "{...}";
            default -> v.toString();
          });
    }

    @Override
    public CodePointSource ascii(Object v) {
      return v instanceof String s ? CodePointSource.of(TextRepr.ascii(s)) : repr(v);
    }
  }
}
