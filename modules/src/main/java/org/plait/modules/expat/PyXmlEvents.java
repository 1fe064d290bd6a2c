package org.plait.modules.expat;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * The handlers of a {@code pyexpat.xmlparser}: turns reports into calls. After an exception no
 * handler is called any more; the parser goes on to the end of its input and then raises it.
 */
final class PyXmlEvents implements XmlEvents {
  /** The place of {@code DefaultHandlerExpand} behind the kinds. */
  static final int DEFAULT_EXPAND = Kind.values().length;

  /** As deep as a content model may be. */
  private static final int MODEL_DEPTH = 500;

  private static final int BUFFER_SIZE = 8192;

  private static final int CHARACTERS = Kind.CHARACTER_DATA.ordinal();
  private static final int DEFAULT = Kind.DEFAULT.ordinal();

  private final AtomicReferenceArray<@Nullable PyObject> handlers =
      new AtomicReferenceArray<>(DEFAULT_EXPAND + 1);

  /** Of the two default handlers the one that was set last, or -1. */
  private volatile int defaultSlot = -1;

  private volatile boolean expands = true;

  /** The handler of text was taken away by a handler: text is reported to none until the end. */
  private volatile boolean silentText;

  final @Nullable PyDict intern;
  volatile boolean buffers;
  volatile int bufferSize = BUFFER_SIZE;
  volatile boolean ordered;
  volatile boolean specifiedOnly;

  private final StringBuilder buffer = new StringBuilder();
  private int used;
  private volatile boolean inHandler;
  private @Nullable PyException pending;

  PyXmlEvents(@Nullable PyDict intern) {
    this.intern = intern;
  }

  /** For the parser of an external entity. */
  PyXmlEvents copy() {
    PyXmlEvents e = new PyXmlEvents(intern);
    for (int i = 0; i <= DEFAULT_EXPAND; i++) {
      e.handlers.set(i, handlers.get(i));
    }
    e.defaultSlot = defaultSlot;
    e.expands = expands;
    e.buffers = buffers;
    e.bufferSize = bufferSize;
    e.ordered = ordered;
    e.specifiedOnly = specifiedOnly;
    return e;
  }

  /** Before a feed: what one that failed has left is gone. */
  void begin() {
    pending = null;
    buffer.setLength(0);
    used = 0;
  }

  void raisePending() {
    PyException e = pending;
    if (e != null) {
      pending = null;
      throw e;
    }
  }

  boolean inHandler() {
    return inHandler;
  }

  @Nullable PyObject handler(int slot) {
    return handlers.get(slot);
  }

  void setHandler(int slot, @Nullable PyObject handler, boolean byFeeder) {
    if (slot == CHARACTERS && byFeeder) {
      flush();
      silentText = handler == null && inHandler && handlers.get(slot) != null;
    }
    handlers.set(slot, handler);
    if (slot == DEFAULT || slot == DEFAULT_EXPAND) {
      defaultSlot = handler == null ? -1 : slot;
      expands = slot == DEFAULT_EXPAND;
    }
  }

  private void fail(PyException e) {
    pending = e;
    for (int i = 0; i <= DEFAULT_EXPAND; i++) {
      handlers.set(i, null);
    }
    defaultSlot = -1;
    buffer.setLength(0);
    used = 0;
  }

  // ---- calls

  private @Nullable PyObject call(int slot, PyObject... args) {
    if (slot != CHARACTERS) {
      flush();
    }
    PyObject h = handlers.get(slot);
    if (h == null || pending != null) {
      return null;
    }
    boolean outer = inHandler;
    inHandler = true;
    try {
      return h.call(args, null);
    } catch (PyException e) {
      fail(e);
      return null;
    } finally {
      inHandler = outer;
    }
  }

  private @Nullable PyObject call(Kind kind, PyObject... args) {
    return call(kind.ordinal(), args);
  }

  private boolean ask(Kind kind, PyObject... args) {
    PyObject r = call(kind, args);
    if (r == null) {
      return false;
    }
    try {
      return ArgumentConverters.toInt(r) != 0;
    } catch (PyException e) {
      fail(e);
      return false;
    }
  }

  private static PyObject str(@Nullable String s) {
    return Py.strOrNone(s);
  }

  /** The one object that stands for a name. */
  private PyObject name(@Nullable String s) {
    if (s == null) {
      return Py.None;
    }
    PyObject o = Py.str(s);
    return intern == null ? o : intern.setdefault(o, o);
  }

  @Override
  public boolean wants(Kind kind) {
    if (kind == Kind.DEFAULT) {
      return defaultSlot >= 0;
    }
    return handlers.get(kind.ordinal()) != null || kind == Kind.CHARACTER_DATA && silentText;
  }

  @Override
  public boolean expandsEntities() {
    return expands;
  }

  // ---- text

  int bufferUsed() {
    return used;
  }

  /** Reports the text that has been gathered. */
  void flush() {
    if (!buffer.isEmpty()) {
      String s = buffer.toString();
      buffer.setLength(0);
      used = 0;
      call(CHARACTERS, Py.str(s));
    }
  }

  @Override
  public void characters(char[] text, int from, int to) {
    if (!buffers) {
      call(CHARACTERS, Py.str(new String(text, from, to - from)));
      return;
    }
    int size = utf8Length(text, from, to);
    if (used + size > bufferSize) {
      flush();
      if (handlers.get(CHARACTERS) == null) {
        return;
      }
    }
    if (size > bufferSize) {
      call(CHARACTERS, Py.str(new String(text, from, to - from)));
    } else {
      buffer.append(text, from, to - from);
      used += size;
    }
  }

  private static int utf8Length(char[] text, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      n += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return n;
  }

  @Override
  public void other(char[] text, int from, int to) {
    int slot = defaultSlot;
    if (slot >= 0) {
      call(slot, Py.str(new String(text, from, to - from)));
    }
  }

  // ---- content

  @Override
  public void startElement(String name, String[] attributes, int specified) {
    flush();
    if (pending != null) {
      return;
    }
    int n = specifiedOnly ? specified : attributes.length;
    PyObject given;
    if (ordered) {
      PyObject[] items = new PyObject[n];
      for (int i = 0; i < n; i++) {
        items[i] = i % 2 == 0 ? name(attributes[i]) : Py.str(attributes[i]);
      }
      given = Py.list(items);
    } else {
      PyDict d = Py.dict();
      for (int i = 0; i < n; i += 2) {
        d.put(name(attributes[i]), Py.str(attributes[i + 1]));
      }
      given = d;
    }
    call(Kind.START_ELEMENT, name(name), given);
  }

  @Override
  public void endElement(String name) {
    call(Kind.END_ELEMENT, name(name));
  }

  @Override
  public void instruction(String target, String data) {
    call(Kind.PROCESSING_INSTRUCTION, name(target), Py.str(data));
  }

  @Override
  public void comment(String data) {
    call(Kind.COMMENT, Py.str(data));
  }

  @Override
  public void startCdata() {
    call(Kind.START_CDATA_SECTION);
  }

  @Override
  public void endCdata() {
    call(Kind.END_CDATA_SECTION);
  }

  @Override
  public void startNamespace(@Nullable String prefix, @Nullable String uri) {
    call(Kind.START_NAMESPACE_DECL, name(prefix), name(uri));
  }

  @Override
  public void endNamespace(@Nullable String prefix) {
    call(Kind.END_NAMESPACE_DECL, name(prefix));
  }

  @Override
  public void skippedEntity(String name, boolean parameter) {
    call(Kind.SKIPPED_ENTITY, name(name), Py.int_(parameter ? 1 : 0));
  }

  // ---- declarations

  @Override
  public void xmlDecl(@Nullable String version, @Nullable String encoding, int standalone) {
    call(Kind.XML_DECL, str(version), str(encoding), Py.int_(standalone));
  }

  @Override
  public void startDoctype(
      String name, @Nullable String systemId, @Nullable String publicId, boolean internalSubset) {
    call(
        Kind.START_DOCTYPE_DECL,
        name(name),
        name(systemId),
        name(publicId),
        Py.int_(internalSubset ? 1 : 0));
  }

  @Override
  public void endDoctype() {
    call(Kind.END_DOCTYPE_DECL);
  }

  @Override
  public void elementDecl(String name, XmlModel model) {
    flush();
    if (pending != null) {
      return;
    }
    try {
      call(Kind.ELEMENT_DECL, name(name), model(model, MODEL_DEPTH));
    } catch (PyException e) {
      fail(e);
    }
  }

  private PyObject model(XmlModel m, int depth) {
    if (depth == 0) {
      throw Errors.recursionError("maximum recursion depth exceeded in conv_content_model");
    }
    PyObject[] children = new PyObject[m.children.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = model(m.children.get(i), depth - 1);
    }
    return Py.tuple(Py.int_(m.type), Py.int_(m.quantifier), name(m.name), Py.tuple(children));
  }

  @Override
  public void attlistDecl(
      String element, String name, String type, @Nullable String value, boolean required) {
    call(
        Kind.ATTLIST_DECL,
        name(element),
        name(name),
        Py.str(type),
        str(value),
        Py.int_(required ? 1 : 0));
  }

  @Override
  public void entityDecl(XmlDtd.Entity e, boolean parameter) {
    call(
        Kind.ENTITY_DECL,
        name(e.name),
        Py.int_(parameter ? 1 : 0),
        e.text == null ? Py.None : Py.str(new String(e.text)),
        name(e.base),
        name(e.systemId),
        name(e.publicId),
        name(e.notation));
  }

  @Override
  public void unparsedEntityDecl(XmlDtd.Entity e) {
    call(
        Kind.UNPARSED_ENTITY_DECL,
        name(e.name),
        name(e.base),
        name(e.systemId),
        name(e.publicId),
        name(e.notation));
  }

  @Override
  public void notationDecl(
      String name, @Nullable String base, @Nullable String systemId, @Nullable String publicId) {
    call(Kind.NOTATION_DECL, name(name), name(base), name(systemId), name(publicId));
  }

  // ---- questions

  @Override
  public boolean notStandalone() {
    return ask(Kind.NOT_STANDALONE);
  }

  @Override
  public boolean externalEntity(
      @Nullable String context,
      @Nullable String base,
      @Nullable String systemId,
      @Nullable String publicId) {
    return ask(Kind.EXTERNAL_ENTITY_REF, str(context), name(base), name(systemId), name(publicId));
  }

  @Override
  public int @Nullable [] encoding(String name) {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try {
      PyStr s = PyCodecs.decode(all, name, "replace");
      if (s.length() != all.length) {
        throw Errors.valueError("multi-byte encodings are not supported");
      }
      int[] table = new int[all.length];
      for (int i = 0; i < table.length; i++) {
        int c = s.codePointAt(i);
        table[i] = c == 0xFFFD ? -1 : c;
      }
      return table;
    } catch (PyException e) {
      if (pending == null) {
        fail(e);
      }
      return null;
    }
  }
}
