package org.plait.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plait.processor.Definition.Accessor;
import org.plait.processor.Definition.JavaCall;
import org.plait.processor.Definition.Kind;
import org.plait.processor.Definition.Param;

/**
 * Writes the Java source of a table.
 *
 * <p>Each dispatch method is one switch over ids. HotSpot compiles no method above 8,000 bytes of
 * bytecode, so a switch whose estimated size is above {@link #LIMIT} is cut into several by id
 * range.
 */
final class TableWriter {
  private static final String OBJECT = "org.plait.runtime.object.";
  private static final String PY = OBJECT + "Py.";
  private static final String PY_OBJECT = JavaType.PY_OBJECT;
  static final String ARGUMENTS = OBJECT + "ArgumentConverters.";

  /** Estimated bytes of bytecode in one dispatch method. */
  private static final int LIMIT = 5_000;

  /** Positional arguments for which there are dispatch methods of their own: 0 to this. */
  private static final int ARITIES = 3;

  private static final String[] LETTERS = {"a", "b", "c"};

  private final TableModel model;
  private final StringBuilder out = new StringBuilder(1 << 14);

  private TableWriter(TableModel model) {
    this.model = model;
  }

  static String write(TableModel model) {
    TableWriter w = new TableWriter(model);
    w.table();
    return w.out.toString();
  }

  private void line(String s) {
    out.append(s).append('\n');
  }

  private void table() {
    String table = model.tableName();
    if (!model.packageName().isEmpty()) {
      line("package " + model.packageName() + ";");
    }
    line("/** Generated method table of {@link " + model.javaClass() + "}. */");
    line("@SuppressWarnings(\"all\")");
    line("public final class " + table + " extends " + OBJECT + "NativeTable {");
    if (model.module()) {
      line("  private final " + model.javaClass() + " module;");
      line("  public " + table + "(" + model.javaClass() + " module) { this.module = module; }");
    } else {
      line("  public static final " + table + " INSTANCE = new " + table + "();");
      line("  private " + table + "() {}");
    }
    constant("String", "typeName", Defaults.quote(model.pythonName()));
    constant("String", "moduleName", Defaults.quote(model.moduleName()));
    if (!model.doc().isEmpty()) {
      constant("String", "doc", Defaults.quote(model.doc()));
    }
    if (model.signature() != null) {
      constant("String", "signature", Defaults.quote(model.signature()));
    }
    if (!model.flags().equals("0")) {
      constant("int", "flags", model.flags());
    }
    if (model.base() != null) {
      constant(OBJECT + "PyType", "base", model.base() + ".TYPE");
    }
    definitions();
    selfCheck();
    for (int n = 0; n <= ARITIES; n++) {
      arity(n);
    }
    bound();
    raw();
    attributes();
    line("}");
  }

  private void constant(String type, String method, String value) {
    line("  @Override public " + type + " " + method + "() { return " + value + "; }");
  }

  private void definitions() {
    List<Definition> all = model.definitions();
    int per = 150;
    line("  @Override protected " + OBJECT + "NativeDef[] createDefs() {");
    line("    var d = new " + OBJECT + "NativeDef[" + all.size() + "];");
    for (int from = 0; from < all.size(); from += per) {
      line("    defs" + from / per + "(d);");
    }
    line("    return d;");
    line("  }");
    for (int from = 0; from < all.size(); from += per) {
      line("  private void defs" + from / per + "(" + OBJECT + "NativeDef[] d) {");
      for (int i = from; i < Math.min(all.size(), from + per); i++) {
        line("    d[" + i + "] = " + definition(i, all.get(i)) + ";");
      }
      line("  }");
    }
  }

  private static String definition(int id, Definition d) {
    String def = OBJECT + "NativeDef";
    String kind = def + "." + d.kind();
    if (d.raw()) {
      kind += " | " + def + ".RAW";
    }
    Accessor a = d.accessor();
    if (a != null && a.setter() != null) {
      kind += " | " + def + ".WRITABLE";
    }
    String sig = d.sig();
    return "new "
        + def
        + "(this, "
        + id
        + ", "
        + kind
        + ", "
        + Defaults.quote(d.name())
        + ", "
        + (sig == null ? "null" : Defaults.quote(sig))
        + ", "
        + (d.doc().isEmpty() ? "null" : Defaults.quote(d.doc()))
        + ")";
  }

  private void selfCheck() {
    String self = model.instances();
    if (model.module()) {
      return;
    }
    if (self == null) {
      line("  private static " + PY_OBJECT + " self(int id, " + PY_OBJECT + " o) { return o; }");
      return;
    }
    line("  private " + self + " self(int id, " + PY_OBJECT + " o) {");
    line("    if (o instanceof " + self + " s) return s;");
    line("    throw wrongSelf(id, o);");
    line("  }");
    line("  @Override public boolean accepts(" + PY_OBJECT + " o) {");
    line("    return o instanceof " + self + ";");
    line("  }");
  }

  // ---- dispatch methods

  private record Case(int id, String statements, int size) {}

  private void arity(int n) {
    StringBuilder parameters = new StringBuilder("int id, " + PY_OBJECT + " self");
    StringBuilder arguments = new StringBuilder("id, self");
    for (int i = 0; i < n; i++) {
      parameters.append(", ").append(PY_OBJECT).append(' ').append(LETTERS[i]);
      arguments.append(", ").append(LETTERS[i]);
    }
    dispatch(
        "call" + n,
        PY_OBJECT,
        parameters.toString(),
        arguments.toString(),
        d -> {
          JavaCall call = d.call();
          if (call == null || !d.raw() && !call.signature().accepts(n)) {
            return null;
          }
          return d.raw() ? rawStatement(call, n) : statement(d, call, argumentsFor(d, call, n));
        });
  }

  private void bound() {
    dispatch(
        "callN",
        PY_OBJECT,
        "int id, " + PY_OBJECT + " self, " + PY_OBJECT + "[] args",
        "id, self, args",
        d -> {
          JavaCall call = d.call();
          if (call == null || d.raw() || !needsBinder(d, call)) {
            return null;
          }
          List<String> values = new ArrayList<>();
          for (int i = 0; i < call.params().size(); i++) {
            Param p = call.params().get(i);
            String arg = "args[" + i + "]";
            if (p.text().variable()) {
              // The binder made it.
              values.add("(" + p.type().name() + ") " + arg);
              continue;
            }
            String value = convert(p, arg, what(d, call, i), false);
            String text = p.text().defaultText();
            values.add(
                text == null || value.equals(arg) && text.equals("NULL")
                    ? value
                    : "("
                        + arg
                        + " == null ? "
                        + Defaults.expression(text, p.type())
                        + " : "
                        + value
                        + ")");
          }
          return statement(d, call, values);
        });
  }

  /** Subclasses may give __new__ and __init__ keywords that are none of theirs. */
  private static boolean needsBinder(Definition d, JavaCall call) {
    return call.signature().needsBinder() || d.kind() == Kind.NEW || d.name().equals("__init__");
  }

  private void raw() {
    dispatch(
        "callRaw",
        PY_OBJECT,
        "int id, " + PY_OBJECT + " self, " + PY_OBJECT + "[] args, String[] kwnames",
        "id, self, args, kwnames",
        d -> {
          JavaCall call = d.call();
          if (call == null || !d.raw()) {
            return null;
          }
          return finish(call, join(call, List.of("args", "kwnames")));
        });
  }

  private void attributes() {
    dispatch(
        "get",
        PY_OBJECT,
        "int id, " + PY_OBJECT + " self",
        "id, self",
        d -> {
          Accessor a = d.accessor();
          if (a == null) {
            return null;
          }
          boolean field = d.kind() == Kind.MEMBER;
          return "return "
              + switch (a.type().kind()) {
                case OBJECT, CLASS -> field ? PY + "orNone(" + a.getter() + ")" : a.getter();
                default -> result(a.type(), a.getter());
              }
              + ";";
        });
    dispatch(
        "set",
        "void",
        "int id, " + PY_OBJECT + " self, " + PY_OBJECT + " value",
        "id, self, value",
        d -> {
          Accessor a = d.accessor();
          return a == null || a.setter() == null ? null : a.setter() + "; return;";
        });
  }

  /** Writes one dispatch method, or several when it would get too big, or none without cases. */
  private void dispatch(
      String name,
      String result,
      String parameters,
      String arguments,
      Function<Definition, @Nullable String> statements) {
    List<Case> cases = new ArrayList<>();
    List<Definition> all = model.definitions();
    for (int id = 0; id < all.size(); id++) {
      String s = statements.apply(all.get(id));
      if (s != null) {
        cases.add(new Case(id, s, estimate(s)));
      }
    }
    if (cases.isEmpty()) {
      return;
    }
    List<List<Case>> groups = new ArrayList<>();
    int size = LIMIT;
    for (Case c : cases) {
      if (size + c.size > LIMIT) {
        groups.add(new ArrayList<>());
        size = 0;
      }
      groups.getLast().add(c);
      size += c.size;
    }
    String returning = result.equals("void") ? "" : "return ";
    if (groups.size() == 1) {
      line("  @Override public " + result + " " + name + "(" + parameters + ") {");
      cases(groups.getFirst());
      line("    " + returning + "super." + name + "(" + arguments + ");");
      line("  }");
      return;
    }
    line("  @Override public " + result + " " + name + "(" + parameters + ") {");
    for (int g = 0; g < groups.size(); g++) {
      String call = returning + name + "_" + g + "(" + arguments + ");";
      if (g + 1 < groups.size()) {
        int next = groups.get(g + 1).getFirst().id;
        line(
            "    if (id < "
                + next
                + ") { "
                + call
                + (returning.isEmpty() ? " return;" : "")
                + " }");
      } else {
        line("    " + call);
      }
    }
    line("  }");
    for (int g = 0; g < groups.size(); g++) {
      line("  private " + result + " " + name + "_" + g + "(" + parameters + ") {");
      cases(groups.get(g));
      line("    " + returning + "super." + name + "(" + arguments + ");");
      line("  }");
    }
  }

  private void cases(List<Case> cases) {
    boolean translate = model.hostErrors();
    line(translate ? "    try { switch (id) {" : "    switch (id) {");
    for (Case c : cases) {
      line("      case " + c.id + ": " + c.statements);
    }
    line("      default: break;");
    line("    }");
    if (translate) {
      line("    } catch (org.plait.host.HostException e) {");
      line("      throw org.plait.runtime.exceptions.OsErrors.of(e);");
      line("    }");
    }
  }

  /** A guess at the bytes of bytecode of a case, on the high side. */
  private static int estimate(String s) {
    int calls = (int) s.chars().filter(ch -> ch == '(').count();
    int choices = (int) s.chars().filter(ch -> ch == '?').count();
    int commas = (int) s.chars().filter(ch -> ch == ',').count();
    return 16 + 6 * calls + 12 * choices + 5 * commas;
  }

  // ---- calls

  private String statement(Definition d, JavaCall call, List<String> values) {
    return finish(call, join(call, values));
  }

  private static String rawStatement(JavaCall call, int n) {
    StringBuilder array = new StringBuilder();
    for (int i = 0; i < n; i++) {
      array.append(i == 0 ? "" : ", ").append(LETTERS[i]);
    }
    String args = n == 0 ? PY_OBJECT + ".NO_ARGS" : "new " + PY_OBJECT + "[] {" + array + "}";
    return finish(call, join(call, List.of(args, "null")));
  }

  private static String finish(JavaCall call, String expression) {
    return call.result().kind() == JavaType.Kind.VOID
        ? expression + "; return " + PY + "None;"
        : "return " + result(call.result(), expression) + ";";
  }

  private static String join(JavaCall call, List<String> values) {
    List<String> all = new ArrayList<>(call.fixed());
    all.addAll(values);
    if (call.swapped()) {
      all.addFirst(all.remove(call.fixed().size()));
    }
    all.addAll(call.extra());
    return call.head() + String.join(", ", all) + ")";
  }

  private List<String> argumentsFor(Definition d, JavaCall call, int n) {
    List<String> values = new ArrayList<>();
    int taken = 0;
    for (int i = 0; i < call.params().size(); i++) {
      Param p = call.params().get(i);
      String text = p.text().defaultText();
      switch (p.text().kind()) {
        case VAR_POSITIONAL -> {
          StringBuilder rest = new StringBuilder();
          for (; taken < n; taken++) {
            rest.append(rest.isEmpty() ? "" : ", ").append(LETTERS[taken]);
          }
          values.add(rest.isEmpty() ? PY + "EmptyTuple" : PY + "tuple(" + rest + ")");
        }
        case VAR_KEYWORD -> values.add(PY + "dict()");
        default -> {
          if (p.text().positional() && taken < n) {
            values.add(convert(p, LETTERS[taken++], what(d, call, i), false));
          } else {
            // accepts(n) holds, so there is a default
            String value = text == null ? null : Defaults.expression(text, p.type());
            values.add(value == null ? "null" : value);
          }
        }
      }
    }
    return values;
  }

  /** How messages name parameter {@code i}, as a Java literal: "pop() argument 1". */
  private String what(Definition d, JavaCall call, int i) {
    SignatureText signature = call.signature();
    SignatureText.Parameter p = call.params().get(i).text();
    boolean ofType = d.kind() == Kind.NEW || d.name().equals("__init__");
    String f = (ofType ? model.pythonName() : d.name()) + "() argument";
    boolean single =
        !ofType
            && signature.parameters().size() == 1
            && p.required()
            && p.kind() == SignatureText.Kind.POSITIONAL_ONLY;
    if (!single) {
      f += p.kind() == SignatureText.Kind.POSITIONAL_ONLY ? " " + (i + 1) : " '" + p.name() + "'";
    }
    return Defaults.quote(f);
  }

  /**
   * The Java expression that converts an argument.
   *
   * @param what Java literal that names the argument in messages
   * @param nullMeansAbsent whether a null argument becomes null for a nullable parameter
   */
  static String convert(Param p, String arg, String what, boolean nullMeansAbsent) {
    JavaType type = p.type();
    String text = p.text().defaultText();
    boolean noneIsNull = "None".equals(text) || text == null && p.nullable() && !nullMeansAbsent;
    String value =
        switch (type.kind()) {
          case OBJECT -> arg;
          case INT -> ARGUMENTS + "toInt(" + arg + ")";
          case LONG -> ARGUMENTS + "toSsize(" + arg + ")";
          case DOUBLE -> ARGUMENTS + "toDouble(" + arg + ")";
          case BOOLEAN -> ARGUMENTS + "toBoolean(" + arg + ")";
          case STRING ->
              ARGUMENTS + (noneIsNull ? "toStringOrNull(" : "toString(") + arg + ", " + what + ")";
          case CLASS -> {
            String name = type.name();
            String expected = type.pythonName() + (noneIsNull ? " or None" : "");
            String cast =
                "("
                    + arg
                    + " instanceof "
                    + name
                    + " p ? p : ("
                    + name
                    + ") "
                    + ARGUMENTS
                    + "bad("
                    + what
                    + ", "
                    + Defaults.quote(expected)
                    + ", "
                    + arg
                    + "))";
            yield noneIsNull ? "(" + arg + " == " + PY + "None ? null : " + cast + ")" : cast;
          }
          case VOID, BYTES -> throw new IllegalArgumentException(type.name());
        };
    return nullMeansAbsent && p.nullable() && type.kind() != JavaType.Kind.OBJECT
        ? "(" + arg + " == null ? null : " + value + ")"
        : value;
  }

  private static String result(JavaType type, String expression) {
    return switch (type.kind()) {
      case INT, LONG -> PY + "int_(" + expression + ")";
      case DOUBLE -> PY + "float_(" + expression + ")";
      case BOOLEAN -> PY + "bool_(" + expression + ")";
      case STRING -> PY + "strOrNone(" + expression + ")";
      case BYTES -> PY + "bytes(" + expression + ")";
      case OBJECT, CLASS, VOID -> expression;
    };
  }
}
