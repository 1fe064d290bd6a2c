package org.plait.processor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.plait.processor.Definition.Accessor;
import org.plait.processor.Definition.JavaCall;
import org.plait.processor.Definition.Kind;
import org.plait.processor.Definition.Param;
import org.plait.processor.TableModel.Constructor;

/** Reads one annotated class, reports what is wrong with it, and makes the model of its table. */
final class Collector {
  private static final String FROM_JAVA = "\0";
  private static final String PY_INSTANCE = "org.plait.runtime.object.PyInstance";
  private static final String PY_TYPE = "org.plait.runtime.object.PyType";
  private static final List<String> COMPARISONS = List.of("LT", "LE", "EQ", "NE", "GT", "GE");
  private static final Map<String, String> FLAGS =
      Map.of("DICT", "HAS_DICT", "WEAKREF", "HAS_WEAKREF");

  private final Elements elements;
  private final Messager messager;
  private final TypeElement owner;
  private final String javaClass;
  private final List<Definition> definitions = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable String instances;
  private @Nullable String typeSignature;
  private boolean failed;

  private Collector(Elements elements, Messager messager, TypeElement owner) {
    this.elements = elements;
    this.messager = messager;
    this.owner = owner;
    this.javaClass = owner.getQualifiedName().toString();
  }

  /** The model of a class marked {@code @PyTypeDef}, or null after errors were reported. */
  static @Nullable TableModel type(Elements elements, Messager messager, TypeElement owner) {
    return new Collector(elements, messager, owner).type();
  }

  /** The model of a class marked {@code @PyModuleDef}, or null after errors were reported. */
  static @Nullable TableModel module(Elements elements, Messager messager, TypeElement owner) {
    return new Collector(elements, messager, owner).module();
  }

  private void error(Element where, String message) {
    failed = true;
    messager.printMessage(Diagnostic.Kind.ERROR, message, where);
  }

  private @Nullable AnnotationReader annotation(Element e, String name) {
    return AnnotationReader.of(elements, e, name);
  }

  // ---- types and modules

  private @Nullable TableModel type() {
    AnnotationReader def = annotation(owner, "PyTypeDef");
    if (def == null) {
      return null;
    }
    checkOwner();
    String name = def.string("name");
    String module = def.string("module");
    instances = instancesOf(def, name);
    for (TypeElement c : classes()) {
      for (Element e : c.getEnclosedElements()) {
        member(e, false);
      }
    }
    String written = def.string("sig");
    String signature = written.isEmpty() ? typeSignature : written;
    if (signature != null && (signature.equals("none") || signature.startsWith("!"))) {
      signature = null;
    }
    boolean subclassable = def.bool("subclassable");
    List<Constructor> derived = null;
    if (subclassable && javaClass.equals(instances) && !hasAttributes(owner)) {
      if (owner.getModifiers().contains(Modifier.FINAL)) {
        error(owner, "a subclassable type's class can't be final");
      }
      derived = constructors();
    }
    List<String> flags = new ArrayList<>();
    if (subclassable) {
      flags.add("BASETYPE");
    }
    for (String f : def.enumNames("flags")) {
      flags.add(FLAGS.getOrDefault(f, f));
    }
    flags.replaceAll(f -> PY_TYPE + "." + f);
    return failed
        ? null
        : new TableModel(
            packageName(),
            flatName(),
            false,
            javaClass,
            JavaType.PY_OBJECT.equals(instances) ? null : instances,
            name,
            module,
            def.string("doc"),
            base(def),
            signature,
            flags.isEmpty() ? "0" : String.join(" | ", flags),
            definitions,
            def.bool("hostErrors"),
            derived);
  }

  private @Nullable TableModel module() {
    AnnotationReader def = annotation(owner, "PyModuleDef");
    if (def == null) {
      return null;
    }
    checkOwner();
    for (Element e : owner.getEnclosedElements()) {
      member(e, true);
    }
    String name = def.string("name");
    return failed
        ? null
        : new TableModel(
            packageName(),
            flatName(),
            true,
            javaClass,
            null,
            name,
            name,
            def.string("doc"),
            null,
            null,
            "0",
            definitions,
            def.bool("hostErrors"),
            null);
  }

  private void checkOwner() {
    if (owner.getKind() != ElementKind.CLASS) {
      error(owner, "only a class can be a Python type or module");
    }
    for (Element e = owner; e instanceof TypeElement; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        error(owner, "the class must not be private: its generated table couldn't reach it");
      }
    }
    if (owner.getEnclosingElement() instanceof TypeElement
        && !owner.getModifiers().contains(Modifier.STATIC)) {
      error(owner, "a nested class that is a Python type or module must be static");
    }
  }

  /** The annotated class and those superclasses below the next annotated one, topmost first. */
  private List<TypeElement> classes() {
    List<TypeElement> out = new ArrayList<>();
    TypeElement c = owner;
    while (c != null
        && (c == owner || annotation(c, "PyTypeDef") == null)
        && !c.getQualifiedName().contentEquals("java.lang.Object")) {
      out.add(c);
      c = superclass(c);
    }
    Collections.reverse(out);
    return out;
  }

  private static @Nullable TypeElement superclass(TypeElement c) {
    return c.getSuperclass() instanceof DeclaredType d && d.asElement() instanceof TypeElement t
        ? t
        : null;
  }

  private static boolean extendsClass(@Nullable TypeElement c, String name) {
    for (; c != null; c = superclass(c)) {
      if (c.getQualifiedName().contentEquals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the class has attribute storage of its own: it, or a superclass, defines attrs(). */
  private boolean hasAttributes(TypeElement owner) {
    if (extendsClass(owner, PY_INSTANCE)) {
      return true;
    }
    for (TypeElement c = owner; c != null; c = superclass(c)) {
      boolean defines =
          !c.getQualifiedName().contentEquals(JavaType.PY_OBJECT)
              && ElementFilter.methodsIn(c.getEnclosedElements()).stream()
                  .anyMatch(
                      m -> m.getSimpleName().contentEquals("attrs") && m.getParameters().isEmpty());
      if (defines) {
        return true;
      }
    }
    return false;
  }

  private String instancesOf(AnnotationReader def, String name) {
    TypeMirror written = def.type("instances");
    if (written != null) {
      return typeName(written);
    }
    if (name.equals("object") && def.string("module").equals("builtins")) {
      return JavaType.PY_OBJECT;
    }
    if (!extendsClass(owner, JavaType.PY_OBJECT)) {
      error(owner, "the class is no PyObject: say which class the instances have (instances = …)");
    }
    return javaClass;
  }

  private @Nullable String base(AnnotationReader def) {
    TypeMirror written = def.type("base");
    if (written != null) {
      return typeName(written);
    }
    for (TypeElement c = superclass(owner); c != null; c = superclass(c)) {
      if (annotation(c, "PyTypeDef") != null) {
        return c.getQualifiedName().toString();
      }
    }
    return null;
  }

  private List<Constructor> constructors() {
    List<Constructor> out = new ArrayList<>();
    for (ExecutableElement c : ElementFilter.constructorsIn(owner.getEnclosedElements())) {
      if (c.getModifiers().contains(Modifier.PRIVATE)) {
        continue;
      }
      List<String> types = c.getParameters().stream().map(p -> typeName(p.asType())).toList();
      List<String> thrown = c.getThrownTypes().stream().map(Collector::typeName).toList();
      out.add(new Constructor(types, thrown));
    }
    if (out.isEmpty()) {
      error(owner, "a subclassable type's class needs a constructor that is not private");
    }
    return out;
  }

  private String packageName() {
    return elements.getPackageOf(owner).getQualifiedName().toString();
  }

  private String flatName() {
    String pkg = packageName();
    String rest = pkg.isEmpty() ? javaClass : javaClass.substring(pkg.length() + 1);
    return rest.replace(".", "");
  }

  // ---- members

  private void member(Element e, boolean inModule) {
    if (e instanceof ExecutableElement m) {
      if (inModule) {
        refuse(
            m,
            "PyMethod",
            "PyClassMethod",
            "PyStaticMethod",
            "PyNew",
            "PyBinary",
            "PyGetter",
            "PySetter",
            "PyRichCompare");
        callable(m, "PyFunction", Kind.FUNCTION);
      } else {
        refuse(m, "PyFunction");
        callable(m, "PyMethod", Kind.METHOD);
        callable(m, "PyClassMethod", Kind.CLASS_METHOD);
        callable(m, "PyStaticMethod", Kind.STATIC_METHOD);
        callable(m, "PyNew", Kind.NEW);
        binary(m);
        richCompare(m);
        getter(m);
        straySetter(m);
      }
    } else if (e instanceof VariableElement f && !inModule) {
      field(f);
    }
  }

  private void refuse(ExecutableElement m, String... annotations) {
    for (String a : annotations) {
      if (annotation(m, a) != null) {
        error(m, "@" + a + " has no meaning here");
      }
    }
  }

  private void add(Element where, Definition d) {
    if (!names.add(d.name())) {
      error(where, "Python name '" + d.name() + "' is defined twice");
    }
    definitions.add(d);
  }

  private void checkAccess(Element m) {
    if (m.getModifiers().contains(Modifier.PRIVATE)) {
      error(m, "must not be private: the generated table couldn't reach it");
    }
  }

  private void callable(ExecutableElement m, String annotationName, Kind kind) {
    AnnotationReader a = annotation(m, annotationName);
    if (a == null) {
      return;
    }
    checkAccess(m);
    boolean isStatic = m.getModifiers().contains(Modifier.STATIC);
    if (!isStatic
        && (kind == Kind.CLASS_METHOD || kind == Kind.STATIC_METHOD || kind == Kind.NEW)) {
      error(m, "@" + annotationName + " needs a static Java method");
    }
    String name = kind == Kind.NEW ? "__new__" : a.string("name");
    if (name.isEmpty()) {
      name = withoutUnderscore(m.getSimpleName().toString());
    }
    if (kind == Kind.METHOD) {
      kind = methodKind(m, a.enumName("kind"), name);
    }
    List<VariableElement> parameters = new ArrayList<>(m.getParameters());
    List<String> fixed = new ArrayList<>();
    String head = head(m, kind, isStatic, parameters, fixed);
    boolean raw = a.bool("raw");
    String written = a.string("sig");
    String sig = written.equals(FROM_JAVA) ? null : written;
    String doc = a.string("doc");
    if (raw) {
      if (!isRaw(parameters)) {
        error(m, "a raw method takes (PyObject[] args, String[] kwnames) after self or cls");
      }
      checkSignature(m, sig);
      rememberTypeSignature(kind, name, sig);
      JavaType result = result(m);
      if (result != null) {
        JavaCall call =
            new JavaCall(
                head, fixed, List.of(), false, List.of(), new SignatureText(List.of()), result);
        add(m, new Definition(kind, name, sig, doc, true, call, null));
      }
      return;
    }
    if (isRaw(parameters)) {
      error(m, "the parameters are those of a raw method: say raw = true");
      return;
    }
    rememberTypeSignature(kind, name, sig);
    JavaCall call = call(m, head, fixed, parameters, sig);
    if (call != null) {
      add(m, new Definition(kind, name, sig == null ? text(call) : sig, doc, false, call, null));
    }
  }

  private void rememberTypeSignature(Kind kind, String name, @Nullable String sig) {
    if (sig != null && (kind == Kind.NEW || typeSignature == null && name.equals("__init__"))) {
      typeSignature = sig;
    }
  }

  private void checkSignature(ExecutableElement m, @Nullable String sig) {
    if (sig != null) {
      try {
        SignatureText.parse(sig);
      } catch (SignatureText.BadSignature e) {
        error(m, "bad sig \"" + sig + "\": " + e.getMessage());
      }
    }
  }

  private Kind methodKind(ExecutableElement m, String slot, String name) {
    switch (slot) {
      case "METHOD":
        return Kind.METHOD;
      case "BY_NAME":
        return SlotNames.isSlot(name) ? Kind.WRAPPER : Kind.METHOD;
      default:
        String wanted =
            switch (slot) {
              case "SQ_CONCAT" -> "__add__";
              case "SQ_INPLACE_CONCAT" -> "__iadd__";
              case "SQ_INPLACE_REPEAT" -> "__imul__";
              default -> name.equals("__rmul__") ? name : "__mul__";
            };
        if (!name.equals(wanted)) {
          error(m, slot + " is for " + wanted + ", not " + name);
        }
        return Kind.SEQUENCE_WRAPPER;
    }
  }

  /** Takes self or cls off the parameters and gives the text in front of the other arguments. */
  private String head(
      ExecutableElement m,
      Kind kind,
      boolean isStatic,
      List<VariableElement> parameters,
      List<String> fixed) {
    String method = m.getSimpleName().toString() + "(";
    switch (kind) {
      case STATIC_METHOD:
        return javaClass + "." + method;
      case FUNCTION:
        return (isStatic ? javaClass : "module") + "." + method;
      case CLASS_METHOD, NEW:
        if (parameters.isEmpty() || !typeName(parameters.removeFirst().asType()).equals(PY_TYPE)) {
          error(m, "the first parameter must be the class, a PyType");
        }
        fixed.add("(" + PY_TYPE + ") self");
        return javaClass + "." + method;
      default:
        break;
    }
    if (!isStatic) {
      if (!javaClass.equals(instances)) {
        error(m, "must be static with self first: instances have class " + instances);
      }
      return "self(id, self)." + method;
    }
    if (parameters.isEmpty()) {
      error(m, "a static method needs self as its first parameter");
    } else {
      String t = typeName(parameters.removeFirst().asType());
      if (!t.equals(instances) && !t.equals(JavaType.PY_OBJECT)) {
        error(m, "the first parameter is self: its type must be " + instances + ", not " + t);
      }
    }
    fixed.add("self(id, self)");
    return javaClass + "." + method;
  }

  private static boolean isRaw(List<VariableElement> parameters) {
    return parameters.size() == 2
        && typeName(parameters.get(0).asType()).equals(JavaType.PY_OBJECT + "[]")
        && typeName(parameters.get(1).asType()).equals("java.lang.String[]");
  }

  private @Nullable JavaCall call(
      ExecutableElement m,
      String head,
      List<String> fixed,
      List<VariableElement> parameters,
      @Nullable String sig) {
    SignatureText signature;
    try {
      signature = SignatureText.parse(sig == null ? fromJava(parameters) : sig);
    } catch (SignatureText.BadSignature e) {
      error(m, "bad sig \"" + sig + "\": " + e.getMessage());
      return null;
    }
    int n = signature.parameters().size();
    if (n != parameters.size()) {
      error(
          m,
          "sig has "
              + n
              + " parameters, the Java method has "
              + parameters.size()
              + " (self, cls not counted)");
      return null;
    }
    List<Param> params = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Param p = param(parameters.get(i), signature.parameters().get(i));
      if (p == null) {
        return null;
      }
      params.add(p);
    }
    JavaType result = result(m);
    return result == null
        ? null
        : new JavaCall(head, fixed, List.of(), false, params, signature, result);
  }

  private @Nullable Param param(VariableElement v, SignatureText.Parameter text) {
    JavaType type = javaType(v.asType());
    if (type == null || type.kind() == JavaType.Kind.VOID || type.kind() == JavaType.Kind.BYTES) {
      error(v, "no conversion from a Python argument to " + v.asType());
      return null;
    }
    String wanted =
        switch (text.kind()) {
          case VAR_POSITIONAL -> "PyTuple";
          case VAR_KEYWORD -> "PyDict";
          default -> null;
        };
    if (wanted != null && !type.name().endsWith("." + wanted)) {
      error(v, "'" + text.name() + "' must be a " + wanted);
    }
    String d = text.defaultText();
    if (d != null && Defaults.expression(d, type) == null) {
      error(v, "default " + d + " of '" + text.name() + "' has no meaning for " + type.name());
    }
    boolean nullable = isNullable(v);
    if (d == null && type.primitive() && nullable) {
      error(v, "a primitive parameter can't be null");
    }
    return new Param(text, type, nullable);
  }

  /** A signature with all Java parameters required and positional only. */
  private static String fromJava(List<VariableElement> parameters) {
    if (parameters.isEmpty()) {
      return "()";
    }
    StringBuilder b = new StringBuilder("(");
    for (VariableElement v : parameters) {
      b.append(withoutUnderscore(v.getSimpleName().toString())).append(", ");
    }
    return b.append("/)").toString();
  }

  private static String text(JavaCall call) {
    StringBuilder b = new StringBuilder("(");
    for (Param p : call.params()) {
      b.append(p.text().name()).append(", ");
    }
    return b.append(call.params().isEmpty() ? ")" : "/)").toString();
  }

  private static String withoutUnderscore(String name) {
    return name.endsWith("_") && !name.endsWith("__") ? name.substring(0, name.length() - 1) : name;
  }

  private @Nullable JavaType result(ExecutableElement m) {
    JavaType t = javaType(m.getReturnType());
    if (t == null) {
      error(m, "no conversion from " + m.getReturnType() + " to a Python object");
    }
    return t;
  }

  // ---- operators

  private void binary(ExecutableElement m) {
    AnnotationReader a = annotation(m, "PyBinary");
    if (a == null) {
      return;
    }
    checkAccess(m);
    String op = a.string("value");
    boolean inplace = a.bool("inplace");
    if (!SlotNames.isBinary(op) || inplace && !SlotNames.hasInplace(op)) {
      error(m, "'" + op + "' is no " + (inplace ? "in-place" : "binary") + " operator");
      return;
    }
    int n = m.getParameters().size();
    boolean objects =
        m.getParameters().stream().allMatch(p -> typeName(p.asType()).equals(JavaType.PY_OBJECT));
    if (!m.getModifiers().contains(Modifier.STATIC)
        || !objects
        || n != 2 && !(n == 3 && op.equals("pow"))) {
      error(m, "needs a static Java method (PyObject left, PyObject right)");
      return;
    }
    JavaType result = result(m);
    if (result == null) {
      return;
    }
    String head = javaClass + "." + m.getSimpleName() + "(";
    if (inplace) {
      add(m, operator("__i" + op + "__", head, n, false, result));
    } else {
      add(m, operator("__" + op + "__", head, n, false, result));
      add(m, operator("__r" + op + "__", head, n, true, result));
    }
  }

  private Definition operator(String name, String head, int n, boolean swapped, JavaType result) {
    JavaType object = JavaType.simple(JavaType.PY_OBJECT);
    SignatureText.Kind only = SignatureText.Kind.POSITIONAL_ONLY;
    List<Param> params = new ArrayList<>();
    if (object != null) {
      params.add(new Param(new SignatureText.Parameter("value", only, null), object, false));
      if (n == 3) {
        params.add(new Param(new SignatureText.Parameter("mod", only, "None"), object, false));
      }
    }
    JavaCall call =
        new JavaCall(
            head,
            List.of("self(id, self)"),
            List.of(),
            swapped,
            params,
            new SignatureText(params.stream().map(Param::text).toList()),
            result);
    String sig = n == 3 ? "(value, mod=None, /)" : "(value, /)";
    return new Definition(Kind.WRAPPER, name, sig, "", false, call, null);
  }

  private void richCompare(ExecutableElement m) {
    if (annotation(m, "PyRichCompare") == null) {
      return;
    }
    checkAccess(m);
    boolean isStatic = m.getModifiers().contains(Modifier.STATIC);
    List<VariableElement> parameters = new ArrayList<>(m.getParameters());
    List<String> fixed = new ArrayList<>();
    String head = head(m, Kind.WRAPPER, isStatic, parameters, fixed);
    JavaType result = result(m);
    if (parameters.size() != 2
        || !typeName(parameters.get(0).asType()).equals(JavaType.PY_OBJECT)
        || result == null) {
      error(m, "needs a Java method (PyObject other, int op)");
      return;
    }
    String opType = typeName(parameters.get(1).asType());
    Param other = param(parameters.get(0), parameter("value"));
    if (other == null) {
      return;
    }
    for (int i = 0; i < COMPARISONS.size(); i++) {
      String op = COMPARISONS.get(i);
      String constant = opType.equals("int") ? String.valueOf(i) : opType + "." + op;
      JavaCall call =
          new JavaCall(
              head,
              fixed,
              List.of(constant),
              false,
              List.of(other),
              new SignatureText(List.of(other.text())),
              result);
      String name = "__" + op.toLowerCase(Locale.ROOT) + "__";
      add(m, new Definition(Kind.WRAPPER, name, "(value, /)", "", false, call, null));
    }
  }

  private static SignatureText.Parameter parameter(String name) {
    return new SignatureText.Parameter(name, SignatureText.Kind.POSITIONAL_ONLY, null);
  }

  // ---- attributes

  private void getter(ExecutableElement m) {
    AnnotationReader a = annotation(m, "PyGetter");
    if (a == null) {
      return;
    }
    checkAccess(m);
    boolean isStatic = m.getModifiers().contains(Modifier.STATIC);
    List<VariableElement> parameters = new ArrayList<>(m.getParameters());
    List<String> fixed = new ArrayList<>();
    String get = head(m, Kind.METHOD, isStatic, parameters, fixed) + String.join("", fixed) + ")";
    if (!parameters.isEmpty()) {
      error(m, "a getter takes no parameter besides self");
    }
    JavaType type = result(m);
    if (type == null) {
      return;
    }
    String name = a.string("value");
    ExecutableElement set = setters().get(name);
    add(
        m,
        new Definition(
            a.bool("member") ? Kind.MEMBER : Kind.GETSET,
            name,
            null,
            a.string("doc"),
            false,
            null,
            new Accessor(get, type, set == null ? null : setter(set, name))));
  }

  /** All setters of the class by Python name. */
  private Map<String, ExecutableElement> setters() {
    Map<String, ExecutableElement> out = new HashMap<>();
    for (TypeElement c : classes()) {
      for (ExecutableElement m : ElementFilter.methodsIn(c.getEnclosedElements())) {
        AnnotationReader a = annotation(m, "PySetter");
        if (a != null) {
          out.put(a.string("value"), m);
        }
      }
    }
    return out;
  }

  private void straySetter(ExecutableElement m) {
    AnnotationReader a = annotation(m, "PySetter");
    if (a == null) {
      return;
    }
    String name = a.string("value");
    Map<String, ExecutableElement> getters = new LinkedHashMap<>();
    for (TypeElement c : classes()) {
      for (ExecutableElement g : ElementFilter.methodsIn(c.getEnclosedElements())) {
        AnnotationReader r = annotation(g, "PyGetter");
        if (r != null) {
          getters.put(r.string("value"), g);
        }
      }
    }
    if (!getters.containsKey(name)) {
      error(m, "no @PyGetter(\"" + name + "\") goes with this setter");
    }
    if (setters().get(name) != m) {
      error(m, "Python name '" + name + "' is defined twice");
    }
  }

  private @Nullable String setter(ExecutableElement m, String name) {
    checkAccess(m);
    boolean isStatic = m.getModifiers().contains(Modifier.STATIC);
    List<VariableElement> parameters = new ArrayList<>(m.getParameters());
    List<String> fixed = new ArrayList<>();
    String head = head(m, Kind.METHOD, isStatic, parameters, fixed);
    if (parameters.size() != 1) {
      error(m, "a setter takes one parameter besides self");
      return null;
    }
    VariableElement v = parameters.getFirst();
    Param p = param(v, parameter(name));
    if (p == null) {
      return null;
    }
    String value =
        p.nullable()
            ? "value"
            : TableWriter.ARGUMENTS + "present(value, " + Defaults.quote(name) + ")";
    String what = Defaults.quote("attribute '" + name + "'");
    String converted = TableWriter.convert(p, value, what, true);
    return head + (fixed.isEmpty() ? "" : String.join("", fixed) + ", ") + converted + ")";
  }

  private void field(VariableElement f) {
    AnnotationReader a = annotation(f, "PyMember");
    if (a == null) {
      return;
    }
    checkAccess(f);
    if (f.getModifiers().contains(Modifier.STATIC)) {
      error(f, "a member can't be static");
    }
    JavaType type = javaType(f.asType());
    if (type == null || type.kind() == JavaType.Kind.BYTES) {
      error(f, "no conversion from " + f.asType() + " to a Python object");
      return;
    }
    String name = a.string("value").isEmpty() ? f.getSimpleName().toString() : a.string("value");
    String access = "self(id, self)." + f.getSimpleName();
    String get =
        a.bool("required")
            ? TableWriter.ARGUMENTS + "required(self, " + access + ", " + Defaults.quote(name) + ")"
            : access;
    String set = null;
    if (!a.bool("readonly")) {
      if (!f.getModifiers().contains(Modifier.VOLATILE)) {
        error(f, "a writable member must be volatile: threads may race on it");
      }
      if (type.kind() == JavaType.Kind.OBJECT) {
        set =
            a.bool("required")
                ? access
                    + " = "
                    + TableWriter.ARGUMENTS
                    + "stored(self, value, "
                    + access
                    + ", "
                    + Defaults.quote(name)
                    + ")"
                : access + " = value";
      } else if (type.primitive() && type.kind() != JavaType.Kind.BOOLEAN) {
        Param p = new Param(parameter(name), type, false);
        String value = TableWriter.ARGUMENTS + "numeric(value)";
        set = access + " = " + TableWriter.convert(p, value, "", true);
      } else if (type.kind() == JavaType.Kind.BOOLEAN) {
        set = access + " = " + TableWriter.ARGUMENTS + "toMemberBoolean(value)";
      } else {
        error(f, "a writable member must be a PyObject, a number or a boolean");
      }
    }
    add(
        f,
        new Definition(
            Kind.MEMBER, name, null, a.string("doc"), false, null, new Accessor(get, type, set)));
  }

  // ---- Java types

  private @Nullable JavaType javaType(TypeMirror t) {
    String name = typeName(t);
    JavaType simple = JavaType.simple(name);
    if (simple != null) {
      return simple;
    }
    if (t instanceof DeclaredType d && d.asElement() instanceof TypeElement e) {
      AnnotationReader def = annotation(e, "PyTypeDef");
      if (def != null) {
        return new JavaType(JavaType.Kind.CLASS, name, def.string("name"));
      }
      if (extendsClass(e, JavaType.PY_OBJECT)) {
        String bare = e.getSimpleName().toString();
        bare = bare.startsWith("Py") ? bare.substring(2) : bare;
        return new JavaType(JavaType.Kind.CLASS, name, bare.toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  private static boolean isNullable(VariableElement v) {
    return v.asType().getAnnotationMirrors().stream().anyMatch(Collector::isNullable)
        || v.getAnnotationMirrors().stream().anyMatch(Collector::isNullable);
  }

  private static boolean isNullable(AnnotationMirror a) {
    return a.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable");
  }

  /** The type as Java source, erased and without annotations. */
  static String typeName(TypeMirror t) {
    if (t instanceof ArrayType a) {
      return typeName(a.getComponentType()) + "[]";
    }
    if (t.getKind() == TypeKind.ERROR) {
      // A class that is being generated in this round: javac knows only its simple name.
      return t.toString();
    }
    if (t instanceof DeclaredType d && d.asElement() instanceof TypeElement e) {
      return e.getQualifiedName().toString();
    }
    return t.getKind().isPrimitive() || t.getKind() == TypeKind.VOID
        ? t.getKind().name().toLowerCase(Locale.ROOT)
        : t.toString();
  }
}
