package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@link NativeTable}. Immutable but for the signature, which is parsed at first
 * need.
 */
public final class NativeDef {
  // Kinds. The annotation processor knows the names.
  /** An ordinary method: method_descriptor. */
  public static final int METHOD = 0;

  /** A special method with a slot: wrapper_descriptor. */
  public static final int WRAPPER = 1;

  /**
   * As {@link #WRAPPER}, for a slot of the sequence protocol that shares its name with a number's.
   */
  public static final int SEQUENCE_WRAPPER = 2;

  public static final int CLASS_METHOD = 3;
  public static final int STATIC_METHOD = 4;

  /** {@code __new__}. */
  public static final int NEW = 5;

  /** A module's function. */
  public static final int FUNCTION = 6;

  /** getset_descriptor. */
  public static final int GETSET = 7;

  /** member_descriptor. */
  public static final int MEMBER = 8;

  private static final String SIGNATURE_END = ")\n--\n\n";

  private static final int KIND_MASK = 15;

  // Flags beside the kind.
  /** Takes its arguments unbound. */
  public static final int RAW = 16;

  /** An attribute that can be set. */
  public static final int WRITABLE = 32;

  public final NativeTable table;
  public final int id;
  public final int kind;
  public final boolean raw;
  public final boolean writable;
  public final String name;
  private final @Nullable String sig;
  private final @Nullable String doc;

  /** What {@code interp.Quiet} knows of it, 0 before it has looked. Benign race. */
  public byte quiet;

  /** Benign race: all threads parse to equal, immutable signatures. */
  private @Nullable Signature signature;

  public NativeDef(
      NativeTable table,
      int id,
      int kindAndFlags,
      String name,
      @Nullable String sig,
      @Nullable String doc) {
    this.table = table;
    this.id = id;
    this.kind = kindAndFlags & KIND_MASK;
    this.raw = (kindAndFlags & RAW) != 0;
    this.writable = (kindAndFlags & WRITABLE) != 0;
    this.name = name;
    this.sig = sig;
    this.doc = doc;
  }

  public boolean isWrapper() {
    return kind == WRAPPER || kind == SEQUENCE_WRAPPER;
  }

  /** Whether self is an instance of the table's type (and not a class, a module or nothing). */
  public boolean takesInstance() {
    return switch (kind) {
      case METHOD, WRAPPER, SEQUENCE_WRAPPER, GETSET, MEMBER -> true;
      default -> false;
    };
  }

  /** Binding rules; not for attributes and raw methods. */
  public Signature signature() {
    Signature s = signature;
    if (s == null) {
      s = Signature.parse(this, sig == null ? "()" : sig);
      signature = s;
    }
    return s;
  }

  /** How messages name it: {@code list.append}, {@code math.sqrt}, {@code len}. */
  public String fullName() {
    if (kind != FUNCTION) {
      return table.typeName() + "." + name;
    }
    String module = table.moduleName();
    return module.equals("builtins") ? name : module + "." + name;
  }

  /** {@code __doc__}, or null. */
  public @Nullable String doc() {
    if (isWrapper()) {
      return SlotTexts.doc(name, kind == SEQUENCE_WRAPPER);
    }
    if (kind == NEW) {
      return "Make a new object; what arguments it takes the class tells, see help(type).";
    }
    int end = signatureEnd(name, doc);
    return end < 0 ? doc : doc.substring(end + SIGNATURE_END.length());
  }

  /**
   * As in CPython a doc may begin with a signature for show: {@code name(...)}, dashes, a blank.
   */
  private static int signatureEnd(String name, @Nullable String doc) {
    return doc != null && doc.startsWith(name + "(") ? doc.indexOf(SIGNATURE_END) : -1;
  }

  /** The signature that a doc begins with, or null. */
  static @Nullable String shownSignature(String name, @Nullable String doc) {
    int end = signatureEnd(name, doc);
    return end < 0 ? null : doc.substring(name.length(), end + 1);
  }

  /** {@code __text_signature__}, or null. */
  public @Nullable String textSignature() {
    if (isWrapper()) {
      return SlotTexts.signature(name);
    }
    if (kind == NEW) {
      return "($type, *args, **kwargs)";
    }
    String shown = shownSignature(name, doc);
    if (shown != null) {
      return shown;
    }
    if (sig == null || sig.startsWith("!")) {
      return null;
    }
    String self =
        switch (kind) {
          case METHOD -> "$self";
          case CLASS_METHOD -> "$type";
          case FUNCTION -> "$module";
          default -> null;
        };
    return Signature.text(sig, self);
  }

  @Override
  public String toString() {
    return fullName();
  }
}
