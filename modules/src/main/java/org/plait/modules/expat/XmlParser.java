package org.plait.modules.expat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.modules.expat.XmlEvents.Kind;

/**
 * An XML parser that is fed in pieces and behaves as Expat: what it reports and in which order, how
 * text is split, where errors are. Not safe for threads; a report may change what is reported, but
 * may not feed the parser.
 *
 * <p>A token is only read when the whole of it is there. Internal entities lie on a stack of texts
 * above the document, so that their depth costs no Java stack. {@link XmlProlog} reads what stands
 * before the first element, {@link XmlAttributes} the values.
 */
final class XmlParser {
  private enum Stage {
    /** At the start of an external entity, where a text declaration may stand. */
    ENTITY_START,
    PROLOG,
    CONTENT,
    EPILOG,
    DTD,
    FAILED,
    FINISHED
  }

  static final int PARAM_NEVER = 0;
  static final int PARAM_UNLESS_STANDALONE = 1;
  static final int PARAM_ALWAYS = 2;

  /** So many bytes of UTF-8 are reported at once where text is not UTF-8 in the document. */
  private static final int CHUNK = 1024;

  private record Element(String raw, String name, @Nullable List<XmlNamespaces.Undo> bindings) {}

  final XmlEvents events;
  final XmlInput input = new XmlInput();
  final XmlText document = new XmlText(new char[0], null);
  final XmlScanner scanner;
  final XmlDtd dtd;
  final XmlBudget budget;
  final XmlNamespaces namespaces;
  final @Nullable XmlParser parent;
  private final XmlProlog prolog;
  private final XmlAttributes attributes;

  /** The texts of entities that are being replaced, the innermost first. */
  final Deque<XmlText> entities = new ArrayDeque<>();

  private final Deque<Element> elements = new ArrayDeque<>();
  private Stage stage;
  private volatile @Nullable XmlError error;
  private volatile boolean started;
  private boolean inCdata;
  private boolean last;

  /** How much of a token was there when it was last tried. */
  private int partial;

  private long eventBytes = -1;
  private boolean counted;

  // Settings, which other threads may change.
  volatile @Nullable String base;
  volatile int paramParsing;
  volatile boolean foreignDtd;
  volatile boolean deferral = true;

  private XmlParser(
      XmlEvents events,
      XmlNamespaces namespaces,
      XmlDtd dtd,
      XmlBudget budget,
      @Nullable XmlParser parent,
      Stage stage) {
    this.events = events;
    this.namespaces = namespaces;
    this.scanner = new XmlScanner(namespaces.enabled());
    this.dtd = dtd;
    this.budget = budget;
    this.parent = parent;
    this.stage = stage;
    this.prolog = new XmlProlog(this);
    this.attributes = new XmlAttributes(this);
  }

  XmlParser(XmlEvents events, XmlNamespaces namespaces) {
    this(events, namespaces, new XmlDtd(), new XmlBudget(), null, Stage.PROLOG);
  }

  /** A parser for an external entity that this one has reported; for the DTD without a context. */
  XmlParser entityParser(XmlEvents to, @Nullable String context) {
    XmlParser p =
        new XmlParser(
            to,
            context == null ? namespaces : namespaces.ofContext(context),
            dtd,
            budget,
            this,
            Stage.ENTITY_START);
    p.base = base;
    p.paramParsing = paramParsing;
    p.deferral = deferral;
    p.forDtd = context == null;
    return p;
  }

  private boolean forDtd;

  boolean isStarted() {
    return started;
  }

  @Nullable XmlError error() {
    return error;
  }

  /** Lines from 1, where the parser is. */
  long line() {
    count();
    return document.line;
  }

  /** Columns from 0. */
  long column() {
    count();
    return document.column;
  }

  /** In bytes from 0; -1 before anything has been reported. */
  long byteIndex() {
    if (!counted && eventBytes != -1) {
      count();
      eventBytes = document.bytes;
    }
    return eventBytes;
  }

  private void count() {
    if (!counted) {
      document.countTo(document.event, input);
    }
  }

  /** The document from what is being reported on, as far as it is there. */
  byte[] context() {
    return input.encode(document.chars, document.event, document.limit);
  }

  /** Takes a piece of the document. False if something is wrong with it: see {@link #error}. */
  boolean parse(byte[] bytes, boolean isLast) {
    if (stage == Stage.FAILED) {
      return false;
    }
    if (stage == Stage.FINISHED) {
      error = XmlError.FINISHED;
      return false;
    }
    try {
      started = true;
      last = isLast;
      budget.read(bytes.length);
      budget.keep(bytes.length);
      findProtocol();
      document.event = document.position;
      input.feed(bytes, isLast, document);
      int available = document.limit - document.position;
      if (isLast || !deferral || available >= 2 * partial) {
        int before = document.position;
        counted = false;
        eventBytes = 0;
        run();
        partial = document.position == before ? available : 0;
        document.event = Math.min(document.event, document.position);
        eventBytes = byteIndex();
      }
      document.countTo(document.position, input);
      counted = true;
      budget.release(bytes.length);
      if (isLast) {
        stage = Stage.FINISHED;
      }
      return true;
    } catch (XmlFailure e) {
      if (e.position != XmlFailure.HERE && entities.isEmpty()) {
        document.event = e.position;
      }
      eventBytes = byteIndex();
      count();
      counted = true;
      error = e.error;
      stage = Stage.FAILED;
      return false;
    }
  }

  private void findProtocol() throws XmlFailure {
    String name = input.unknownProtocol();
    if (name != null) {
      int[] table = events.encoding(name);
      if (table == null) {
        throw new XmlFailure(XmlError.UNKNOWN_ENCODING);
      }
      input.setTable(table);
    }
  }

  private void run() throws XmlFailure {
    while (true) {
      boolean more =
          switch (stage) {
            case ENTITY_START -> entityStart();
            case PROLOG -> prolog.document();
            case DTD -> prolog.external();
            case CONTENT -> content();
            case EPILOG -> epilog();
            default -> false;
          };
      if (!more) {
        return;
      }
    }
  }

  // ---- what the stages share

  /** The text that is being read. */
  XmlText text() {
    return entities.isEmpty() ? document : entities.getFirst();
  }

  void begin(XmlText t) {
    scanner.set(t.chars, t.limit);
    if (entities.isEmpty()) {
      document.event = t.position;
    }
  }

  /** A text has ended within a token: fails unless it may go on. */
  void failIfIncomplete() throws XmlFailure {
    XmlFailure e = incomplete();
    if (e != null) {
      throw e;
    }
  }

  /** What is wrong with a text that ends within a token, or null if it may go on. */
  @Nullable XmlFailure incomplete() {
    if (!entities.isEmpty()) {
      return new XmlFailure(XmlError.UNCLOSED_TOKEN);
    }
    if (!last) {
      return null;
    }
    return new XmlFailure(
        input.hasRest() && input.plain() ? XmlError.PARTIAL_CHAR : XmlError.UNCLOSED_TOKEN);
  }

  boolean isLast() {
    return last || !entities.isEmpty();
  }

  /** The document ends here, but for a character that is not complete. */
  XmlFailure atEnd(XmlError error) {
    if (entities.isEmpty() && input.hasRest()) {
      return new XmlFailure(input.plain() ? XmlError.PARTIAL_CHAR : XmlError.UNCLOSED_TOKEN);
    }
    return new XmlFailure(error);
  }

  void other(XmlText t, int from, int to) {
    if (events.wants(Kind.DEFAULT)) {
      events.other(t.chars, from, to);
    }
  }

  void instruction(XmlText t, int from, int to) {
    if (!events.wants(Kind.PROCESSING_INSTRUCTION)) {
      other(t, from, to);
      return;
    }
    int name = from + 2;
    while (!XmlChars.isSpace(t.chars[name]) && t.chars[name] != '?') {
      name++;
    }
    int data = name;
    while (XmlChars.isSpace(t.chars[data])) {
      data++;
    }
    events.instruction(
        new String(t.chars, from + 2, name - from - 2),
        lines(t.chars, data, Math.max(data, to - 2)));
  }

  void comment(XmlText t, int from, int to) {
    if (events.wants(Kind.COMMENT)) {
      events.comment(lines(t.chars, from + 4, to - 3));
    } else {
      other(t, from, to);
    }
  }

  /** With line feeds for all ends of lines. */
  static String lines(char[] chars, int from, int to) {
    String s = new String(chars, from, to - from);
    return s.indexOf('\r') < 0 ? s : s.replace("\r\n", "\n").replace('\r', '\n');
  }

  // ---- external entities

  private boolean entityStart() throws XmlFailure {
    XmlText t = document;
    begin(t);
    XmlToken token = scanner.content(t.position);
    if (token == XmlToken.PARTIAL && !last || token == XmlToken.NONE && !last) {
      return false;
    }
    if (forDtd) {
      dtd.paramRead = true;
    }
    if (token == XmlToken.XML_DECL) {
      int from = t.position;
      t.position = scanner.next;
      prolog.declaration(t, from, scanner.next, true);
      input.proceed(t);
    }
    stage = forDtd ? Stage.DTD : Stage.CONTENT;
    return true;
  }

  // ---- content

  /** The first element begins. */
  void enterContent() {
    stage = Stage.CONTENT;
  }

  private int startLevel() {
    if (!entities.isEmpty()) {
      return entities.getFirst().level;
    }
    return 0;
  }

  /** Reads content as far as it is there. True when the epilog begins. */
  private boolean content() throws XmlFailure {
    while (true) {
      XmlText t = text();
      begin(t);
      int from = t.position;
      XmlToken token = inCdata ? scanner.cdata(from) : scanner.content(from);
      switch (token) {
        case NONE -> {
          if (!contentEnds(t)) {
            return false;
          }
        }
        case PARTIAL -> {
          XmlFailure e = incomplete();
          if (e == null) {
            return false;
          }
          throw inCdata && e.error == XmlError.UNCLOSED_TOKEN
              ? new XmlFailure(XmlError.UNCLOSED_CDATA_SECTION)
              : e;
        }
        case INVALID -> throw new XmlFailure(XmlError.INVALID_TOKEN, scanner.next);
        case TRAILING_CR, TRAILING_BRACKET -> {
          if (!isLast()) {
            return false;
          }
          t.position = t.limit;
          if (token == XmlToken.TRAILING_CR) {
            newline(t, from, t.limit);
          } else {
            characters(t, from, t.limit);
          }
        }
        default -> {
          t.position = scanner.next;
          if (contentToken(token, t, from, scanner.next)) {
            return true;
          }
        }
      }
    }
  }

  /** At the end of a text; true if there is another to go on with. */
  private boolean contentEnds(XmlText t) throws XmlFailure {
    if (t != document) {
      if (inCdata) {
        throw new XmlFailure(XmlError.UNCLOSED_CDATA_SECTION);
      }
      if (elements.size() != t.level) {
        throw new XmlFailure(XmlError.ASYNC_ENTITY);
      }
      entities.removeFirst();
      t.entity.open = false;
      return true;
    }
    if (!last) {
      return false;
    }
    if (inCdata) {
      throw atEnd(XmlError.UNCLOSED_CDATA_SECTION);
    }
    if (input.hasRest() || parent == null) {
      throw atEnd(XmlError.NO_ELEMENTS);
    }
    if (!elements.isEmpty()) {
      throw new XmlFailure(XmlError.ASYNC_ENTITY);
    }
    return false;
  }

  /** True when the epilog begins. */
  private boolean contentToken(XmlToken token, XmlText t, int from, int to) throws XmlFailure {
    switch (token) {
      case START_TAG -> startTag(t, from, to, false);
      case EMPTY_ELEMENT -> {
        startTag(t, from, to, true);
        return epilogBegins(t);
      }
      case END_TAG -> {
        endTag(t, from, to);
        return epilogBegins(t);
      }
      case CHARS -> characters(t, from, to);
      case NEWLINE -> newline(t, from, to);
      case CHAR_REF -> {
        int c = attributes.character(t.chars, from, to);
        if (c < 0) {
          throw new XmlFailure(XmlError.BAD_CHAR_REF);
        }
        if (events.wants(Kind.CHARACTER_DATA)) {
          char[] chars = Character.toChars(c);
          events.characters(chars, 0, chars.length);
        } else {
          other(t, from, to);
        }
      }
      case ENTITY_REF -> entityRef(t, from, to);
      case CDATA_OPEN -> {
        inCdata = true;
        if (events.wants(Kind.START_CDATA_SECTION)) {
          events.startCdata();
        } else {
          other(t, from, to);
        }
      }
      case CDATA_CLOSE -> {
        inCdata = false;
        if (events.wants(Kind.END_CDATA_SECTION)) {
          events.endCdata();
        } else {
          other(t, from, to);
        }
      }
      case PI -> instruction(t, from, to);
      case COMMENT -> comment(t, from, to);
      case XML_DECL -> throw new XmlFailure(XmlError.MISPLACED_XML_PI);
      default -> throw new XmlFailure(XmlError.UNEXPECTED_STATE);
    }
    return false;
  }

  private boolean epilogBegins(XmlText t) {
    if (elements.isEmpty() && t == document && parent == null) {
      stage = Stage.EPILOG;
      return true;
    }
    return false;
  }

  private void characters(XmlText t, int from, int to) {
    if (!events.wants(Kind.CHARACTER_DATA)) {
      other(t, from, to);
      return;
    }
    if (t != document || input.plain()) {
      events.characters(t.chars, from, to);
      return;
    }
    int start = from;
    while (start < to) {
      int end = chunk(t.chars, start, to);
      if (end < to && !events.wants(Kind.CHARACTER_DATA)) {
        return;
      }
      events.characters(t.chars, start, end);
      start = end;
    }
  }

  private static int chunk(char[] chars, int from, int to) {
    int bytes = 0;
    int p = from;
    while (p < to) {
      char c = chars[p];
      int width = c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isHighSurrogate(c) ? 4 : 3;
      if (Character.isLowSurrogate(c)) {
        width = 0;
      }
      if (bytes + width > CHUNK) {
        break;
      }
      bytes += width;
      p++;
    }
    return p;
  }

  private static final char[] NEWLINE = {'\n'};

  private void newline(XmlText t, int from, int to) {
    if (events.wants(Kind.CHARACTER_DATA)) {
      events.characters(NEWLINE, 0, 1);
    } else {
      other(t, from, to);
    }
  }

  private void startTag(XmlText t, int from, int to, boolean empty) throws XmlFailure {
    String raw = new String(t.chars, from + 1, scanner.nameEnd - from - 1);
    budget.keep(2L * raw.length() + 32);
    List<XmlNamespaces.Undo> bindings = namespaces.enabled() ? new ArrayList<>(0) : null;
    XmlAttributes.Found found = attributes.read(t, raw, bindings);
    String name = namespaces.enabled() ? namespaces.expand(raw, true) : raw;
    boolean starts = events.wants(Kind.START_ELEMENT);
    if (starts) {
      events.startElement(name, found.items(), found.specified());
    }
    Element e = new Element(raw, name, bindings);
    if (!empty) {
      elements.addFirst(e);
      if (!starts) {
        other(t, from, to);
      }
      return;
    }
    boolean ends = events.wants(Kind.END_ELEMENT);
    if (ends) {
      if (starts && t == document) {
        document.event = to;
      }
      events.endElement(name);
    } else if (!starts) {
      other(t, from, to);
    }
    leave(e);
  }

  private void endTag(XmlText t, int from, int to) throws XmlFailure {
    int name = from + 2;
    int length = scanner.nameEnd - name;
    if (elements.size() == startLevel()) {
      throw new XmlFailure(XmlError.ASYNC_ENTITY);
    }
    Element e = elements.getFirst();
    if (length != e.raw.length() || !e.raw.contentEquals(new String(t.chars, name, length))) {
      throw new XmlFailure(XmlError.TAG_MISMATCH, name);
    }
    elements.removeFirst();
    if (events.wants(Kind.END_ELEMENT)) {
      events.endElement(e.name);
    } else {
      other(t, from, to);
    }
    leave(e);
  }

  private void leave(Element e) {
    budget.release(2L * e.raw.length() + 32);
    if (e.bindings != null) {
      for (XmlNamespaces.Undo u : e.bindings.reversed()) {
        if (events.wants(Kind.END_NAMESPACE_DECL)) {
          events.endNamespace(u.prefix().isEmpty() ? null : u.prefix());
        }
        namespaces.undo(u);
      }
    }
  }

  private void entityRef(XmlText t, int from, int to) throws XmlFailure {
    String name = new String(t.chars, from + 1, to - from - 2);
    char c = XmlDtd.predefined(name);
    if (c != 0) {
      budget.expanded(1);
      if (events.wants(Kind.CHARACTER_DATA)) {
        events.characters(new char[] {c}, 0, 1);
      } else {
        other(t, from, to);
      }
      return;
    }
    XmlDtd.Entity e = dtd.general.get(name);
    if (!dtd.hasParamRefs || dtd.standalone) {
      if (e == null) {
        throw new XmlFailure(XmlError.UNDEFINED_ENTITY);
      }
      if (!e.internal) {
        throw new XmlFailure(XmlError.ENTITY_DECLARED_IN_PE);
      }
    } else if (e == null) {
      skipped(name, t, from, to);
      return;
    }
    if (e.open || namespaces.isOpen(name)) {
      throw new XmlFailure(XmlError.RECURSIVE_ENTITY_REF);
    }
    if (e.notation != null) {
      throw new XmlFailure(XmlError.BINARY_ENTITY_REF);
    }
    if (e.text != null) {
      if (events.expandsEntities()) {
        enter(e);
      } else {
        skipped(e.name, t, from, to);
      }
    } else if (events.wants(Kind.EXTERNAL_ENTITY_REF)) {
      e.open = true;
      String context = namespaces.context(dtd.general.values());
      e.open = false;
      if (!events.externalEntity(context, e.base, e.systemId, e.publicId)) {
        throw new XmlFailure(XmlError.EXTERNAL_ENTITY_HANDLING);
      }
    } else {
      other(t, from, to);
    }
  }

  private void skipped(String name, XmlText t, int from, int to) {
    if (events.wants(Kind.SKIPPED_ENTITY)) {
      events.skippedEntity(name, false);
    } else {
      other(t, from, to);
    }
  }

  /** Goes on with the text of an entity. */
  XmlText enter(XmlDtd.Entity e) throws XmlFailure {
    budget.expanded(e.text.length);
    e.open = true;
    XmlText t = new XmlText(e.text, e);
    t.level = elements.size();
    entities.addFirst(t);
    return t;
  }

  // ---- behind the document element

  private boolean epilog() throws XmlFailure {
    XmlText t = document;
    while (true) {
      begin(t);
      int from = t.position;
      XmlToken token = scanner.prolog(from);
      if (token == XmlToken.NONE) {
        if (last && input.hasRest()) {
          throw atEnd(XmlError.UNCLOSED_TOKEN);
        }
        return false;
      }
      if (scanner.open && !last) {
        return false;
      }
      switch (token) {
        case PARTIAL -> {
          failIfIncomplete();
          return false;
        }
        case INVALID -> throw new XmlFailure(XmlError.INVALID_TOKEN, scanner.next);
        case SPACE -> other(t, from, scanner.next);
        case PI -> instruction(t, from, scanner.next);
        case COMMENT -> comment(t, from, scanner.next);
        default -> throw new XmlFailure(XmlError.JUNK_AFTER_DOC_ELEMENT);
      }
      t.position = scanner.next;
    }
  }
}
