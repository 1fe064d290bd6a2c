package org.plait.modules.expat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.plait.modules.expat.XmlEvents.Kind;

/**
 * Reads what stands before the first element for an {@link XmlParser}, and external DTDs. A
 * declaration is read when the whole of it is there.
 */
final class XmlProlog {
  private enum Stage {
    START,
    BEFORE_DOCTYPE,
    SUBSET,
    DOCTYPE_END,
    AFTER_DOCTYPE
  }

  private final XmlParser parser;
  private final XmlScanner scanner;
  private final XmlEvents events;
  private final XmlDtd dtd;
  private final XmlAttributes attributes;

  private Stage stage = Stage.START;
  private @Nullable String systemId;
  private @Nullable String publicId;
  private boolean hasExternalSubset;

  /** Open INCLUDE sections. */
  private int sections;

  private boolean ignoring;

  // The token of a declaration that was read last.
  private XmlText text;
  private int from;
  private int to;

  /** The default handler has yet to hear of the token. */
  private boolean deferred;

  /** The text that the declaration began in. */
  private XmlText declarationText;

  /** Whom the declaration is for. */
  private @Nullable Kind kind;

  XmlProlog(XmlParser parser) {
    this.parser = parser;
    this.scanner = parser.scanner;
    this.events = parser.events;
    this.dtd = parser.dtd;
    this.attributes = new XmlAttributes(parser);
    this.text = parser.document;
    this.declarationText = text;
  }

  /** Reads the prolog as far as it is there. True when content begins. */
  boolean document() throws XmlFailure {
    while (true) {
      if (stage == Stage.SUBSET) {
        if (!items(false)) {
          return false;
        }
        continue;
      }
      XmlText t = parser.document;
      parser.begin(t);
      int start = t.position;
      XmlToken token = scanner.prolog(start);
      int end = scanner.next;
      if (scanner.open && !parser.isLast()) {
        return false;
      }
      boolean first = stage == Stage.START;
      switch (token) {
        case NONE -> {
          if (!parser.isLast()) {
            return false;
          }
          throw parser.atEnd(XmlError.NO_ELEMENTS);
        }
        case PARTIAL -> {
          parser.failIfIncomplete();
          return false;
        }
        case INVALID -> throw new XmlFailure(XmlError.INVALID_TOKEN, end);
        case SPACE -> parser.other(t, start, end);
        case PI -> {
          misc();
          parser.instruction(t, start, end);
        }
        case COMMENT -> {
          misc();
          parser.comment(t, start, end);
        }
        case XML_DECL -> {
          if (!first) {
            throw new XmlFailure(XmlError.MISPLACED_XML_PI);
          }
          t.position = end;
          declaration(t, start, end, false);
          parser.input.proceed(t);
          stage = Stage.BEFORE_DOCTYPE;
          continue;
        }
        case DECL_OPEN -> {
          if (stage == Stage.DOCTYPE_END
              || stage == Stage.AFTER_DOCTYPE
              || !keyword(t, start + 2, end).equals("DOCTYPE")) {
            throw new XmlFailure(XmlError.SYNTAX);
          }
          if (!complete(end) && !parser.isLast()) {
            return false;
          }
          begin(t, start, end, Kind.START_DOCTYPE_DECL);
          doctype();
          continue;
        }
        case DECL_CLOSE -> {
          misc();
          t.position = end;
          doctypeEnds(t, start, end);
          continue;
        }
        case INSTANCE_START -> {
          misc();
          if (parser.foreignDtd) {
            parser.foreignDtd = false;
            externalSubset(null, null, false);
          }
          parser.enterContent();
          return true;
        }
        case PARAM_REF -> throw new XmlFailure(XmlError.PARAM_ENTITY_REF);
        default -> throw new XmlFailure(XmlError.SYNTAX);
      }
      if (first) {
        stage = Stage.BEFORE_DOCTYPE;
      }
      t.position = end;
    }
  }

  /** Only space may stand between the internal subset and the end of the declaration around it. */
  private void misc() throws XmlFailure {
    boolean close = parser.document.chars[parser.document.position] == '>';
    if (stage == Stage.DOCTYPE_END != close) {
      throw new XmlFailure(XmlError.SYNTAX);
    }
  }

  private static String keyword(XmlText t, int from, int to) {
    return new String(t.chars, from, to - from);
  }

  // ---- declarations, token by token

  /** Whether the declaration goes on to its end, or to what is wrong with it, in the text. */
  private boolean complete(int at) {
    int p = at;
    while (true) {
      XmlToken token = scanner.prolog(p);
      if (token == XmlToken.NONE || token == XmlToken.PARTIAL || scanner.open) {
        return false;
      }
      if (token == XmlToken.DECL_CLOSE
          || token == XmlToken.INVALID
          || token == XmlToken.OPEN_BRACKET) {
        return true;
      }
      p = scanner.next;
    }
  }

  private void begin(XmlText t, int start, int end, Kind reported) throws XmlFailure {
    kind = reported;
    declarationText = t;
    text = t;
    from = start;
    to = end;
    t.position = end;
    deferred = false;
    quiet();
  }

  /** Reports the token to the default handler unless the declaration has one of its own. */
  private void quiet() {
    if (kind == null || !events.wants(kind)) {
      parser.other(text, from, to);
    }
  }

  /**
   * The next token that is no space. It goes to the default handler when the one behind it is asked
   * for, and so not at all if it is wrong.
   */
  private XmlToken next() throws XmlFailure {
    XmlToken token = silent();
    deferred = token != XmlToken.OPEN_BRACKET && token != XmlToken.DECL_CLOSE;
    return token;
  }

  private XmlToken silent() throws XmlFailure {
    if (deferred) {
      deferred = false;
      quiet();
    }
    while (true) {
      text = parser.text();
      parser.begin(text);
      from = text.position;
      XmlToken token = scanner.prolog(from);
      to = scanner.next;
      switch (token) {
        case NONE -> {
          if (text == declarationText) {
            throw text == parser.document && parser.parent == null
                ? parser.atEnd(XmlError.NO_ELEMENTS)
                : new XmlFailure(XmlError.INCOMPLETE_PE);
          }
          leave();
        }
        case PARTIAL -> {
          XmlFailure e = parser.incomplete();
          throw e == null ? new XmlFailure(XmlError.UNCLOSED_TOKEN) : e;
        }
        case INVALID -> throw new XmlFailure(XmlError.INVALID_TOKEN, to);
        case SPACE -> {
          text.position = to;
          quiet();
        }
        case PARAM_REF -> {
          if (parser.parent == null) {
            throw new XmlFailure(XmlError.PARAM_ENTITY_REF);
          }
          text.position = to;
          parameter(false);
        }
        default -> {
          text.position = to;
          return token;
        }
      }
    }
  }

  private void leave() {
    XmlText t = parser.entities.removeFirst();
    t.entity.open = false;
  }

  private String word() {
    return keyword(text, from, to);
  }

  private String name(XmlToken token) throws XmlFailure {
    if (token != XmlToken.NAME) {
      throw syntax();
    }
    return word();
  }

  private XmlFailure syntax() {
    return new XmlFailure(XmlError.SYNTAX);
  }

  private String literal() throws XmlFailure {
    if (next() != XmlToken.LITERAL) {
      throw syntax();
    }
    return keyword(text, from + 1, to - 1);
  }

  private String publicLiteral() throws XmlFailure {
    String s = literal();
    for (int i = 0; i < s.length(); i++) {
      if (!XmlChars.isPublicId(s.charAt(i))) {
        throw new XmlFailure(XmlError.PUBLICID, from + 1 + i);
      }
    }
    return s.replaceAll("[ \\r\\n]+", " ").strip();
  }

  private void close(XmlToken token) throws XmlFailure {
    if (token != XmlToken.DECL_CLOSE) {
      throw syntax();
    }
    if (text != declarationText) {
      throw new XmlFailure(XmlError.INCOMPLETE_PE);
    }
    quiet();
  }

  // ---- the document type

  private String doctypeName = "";

  private void doctype() throws XmlFailure {
    doctypeName = name(next());
    XmlToken token = next();
    if (token == XmlToken.NAME) {
      switch (word()) {
        case "SYSTEM" -> systemId = literal();
        case "PUBLIC" -> {
          publicId = publicLiteral();
          systemId = literal();
        }
        default -> throw syntax();
      }
      hasExternalSubset = true;
      parser.foreignDtd = false;
      dtd.hasParamRefs = true;
      if (!dtd.standalone && parser.paramParsing == XmlParser.PARAM_NEVER) {
        askStandalone();
      }
      token = next();
    }
    if (token == XmlToken.OPEN_BRACKET) {
      if (events.wants(Kind.START_DOCTYPE_DECL)) {
        events.startDoctype(doctypeName, systemId, publicId, true);
      } else {
        parser.other(text, from, to);
      }
      stage = Stage.SUBSET;
    } else if (token == XmlToken.DECL_CLOSE) {
      boolean reported = events.wants(Kind.START_DOCTYPE_DECL);
      if (reported) {
        events.startDoctype(doctypeName, systemId, publicId, false);
      }
      doctypeCloses(text, from, to, reported);
    } else {
      throw syntax();
    }
  }

  private void askStandalone() throws XmlFailure {
    if (events.wants(Kind.NOT_STANDALONE) && !events.notStandalone()) {
      throw new XmlFailure(XmlError.NOT_STANDALONE);
    }
  }

  private void doctypeEnds(XmlText t, int start, int end) throws XmlFailure {
    doctypeCloses(t, start, end, false);
  }

  private void doctypeCloses(XmlText t, int start, int end, boolean reported) throws XmlFailure {
    stage = Stage.AFTER_DOCTYPE;
    if (hasExternalSubset || parser.foreignDtd) {
      parser.foreignDtd = false;
      externalSubset(systemId, publicId, hasExternalSubset);
    }
    if (events.wants(Kind.END_DOCTYPE_DECL)) {
      events.endDoctype();
    } else if (!reported) {
      parser.other(t, start, end);
    }
  }

  private void externalSubset(@Nullable String system, @Nullable String publicName, boolean named)
      throws XmlFailure {
    boolean before = dtd.hasParamRefs;
    dtd.hasParamRefs = true;
    if (parser.paramParsing != XmlParser.PARAM_NEVER && events.wants(Kind.EXTERNAL_ENTITY_REF)) {
      dtd.paramRead = false;
      if (!events.externalEntity(null, parser.base, system, publicName)) {
        throw new XmlFailure(XmlError.EXTERNAL_ENTITY_HANDLING);
      }
      if (dtd.paramRead) {
        if (!dtd.standalone) {
          askStandalone();
        }
      } else if (!named) {
        dtd.hasParamRefs = before;
      }
    }
  }

  // ---- the DTD

  /** An external DTD or parameter entity. */
  boolean external() throws XmlFailure {
    return items(true);
  }

  /** Declarations, one after the other. True when the internal subset is at its end. */
  private boolean items(boolean external) throws XmlFailure {
    while (true) {
      XmlText t = parser.text();
      parser.begin(t);
      int start = t.position;
      if (ignoring) {
        int end = scanner.ignoredSection(start);
        if (end == -2) {
          throw new XmlFailure(XmlError.INVALID_TOKEN, scanner.next);
        }
        if (end == -1) {
          XmlFailure e = parser.incomplete();
          if (e == null) {
            return false;
          }
          throw new XmlFailure(XmlError.SYNTAX);
        }
        ignoring = false;
        parser.other(t, start, end);
        t.position = end;
        continue;
      }
      XmlToken token = scanner.prolog(start);
      int end = scanner.next;
      if (scanner.open && !parser.isLast()) {
        return false;
      }
      switch (token) {
        case NONE -> {
          if (t != parser.document) {
            leave();
            continue;
          }
          if (!parser.isLast()) {
            return false;
          }
          if (!external || parser.input.hasRest()) {
            throw parser.atEnd(XmlError.NO_ELEMENTS);
          }
          if (sections > 0) {
            throw new XmlFailure(XmlError.INCOMPLETE_PE);
          }
          return false;
        }
        case PARTIAL -> {
          parser.failIfIncomplete();
          return false;
        }
        case INVALID -> throw new XmlFailure(XmlError.INVALID_TOKEN, end);
        case SPACE -> parser.other(t, start, end);
        case PI -> parser.instruction(t, start, end);
        case COMMENT -> parser.comment(t, start, end);
        case XML_DECL -> throw new XmlFailure(XmlError.MISPLACED_XML_PI);
        case PARAM_REF -> {
          kind = null;
          text = t;
          from = start;
          to = end;
          t.position = end;
          parameter(true);
          continue;
        }
        case CLOSE_BRACKET -> {
          if (external || t != parser.document) {
            throw syntax();
          }
          kind = Kind.START_DOCTYPE_DECL;
          text = t;
          from = start;
          to = end;
          t.position = end;
          quiet();
          stage = Stage.DOCTYPE_END;
          return true;
        }
        case SECTION_CLOSE -> {
          if (sections == 0) {
            throw syntax();
          }
          sections--;
          parser.other(t, start, end);
        }
        case SECTION_OPEN -> {
          if (!external) {
            throw syntax();
          }
          if (!complete(end) && !parser.isLast()) {
            return false;
          }
          begin(t, start, end, Kind.DEFAULT);
          section();
          continue;
        }
        case DECL_OPEN -> {
          if (!complete(end) && !parser.isLast()) {
            return false;
          }
          declare(t, start, end);
          continue;
        }
        default -> throw syntax();
      }
      t.position = end;
    }
  }

  private void section() throws XmlFailure {
    String word = name(next());
    boolean include = word.equals("INCLUDE");
    if (!include && !word.equals("IGNORE") || silent() != XmlToken.OPEN_BRACKET) {
      throw syntax();
    }
    parser.other(text, from, to);
    if (include) {
      sections++;
    } else {
      ignoring = true;
    }
  }

  private void declare(XmlText t, int start, int end) throws XmlFailure {
    switch (keyword(t, start + 2, end)) {
      case "ENTITY" -> {
        begin(t, start, end, Kind.ENTITY_DECL);
        entity();
      }
      case "ATTLIST" -> {
        begin(t, start, end, Kind.ATTLIST_DECL);
        attlist();
      }
      case "ELEMENT" -> {
        begin(t, start, end, Kind.ELEMENT_DECL);
        element();
      }
      case "NOTATION" -> {
        begin(t, start, end, Kind.NOTATION_DECL);
        notation();
      }
      default -> throw syntax();
    }
    kind = null;
  }

  /** A reference to a parameter entity, between declarations or in one. */
  private void parameter(boolean between) throws XmlFailure {
    dtd.hasParamRefs = true;
    if (parser.paramParsing == XmlParser.PARAM_NEVER) {
      dtd.keepProcessing = dtd.standalone;
      if (!dtd.standalone) {
        askStandalone();
      }
      parser.other(text, from, to);
      return;
    }
    String name = keyword(text, from + 1, to - 1);
    XmlDtd.Entity e = dtd.parameter.get(name);
    boolean mustBe = parser.parent == null && dtd.standalone && parser.entities.isEmpty();
    if (mustBe && e == null) {
      throw new XmlFailure(XmlError.UNDEFINED_ENTITY);
    }
    if (mustBe && !e.internal) {
      throw new XmlFailure(XmlError.ENTITY_DECLARED_IN_PE);
    }
    if (e == null) {
      dtd.keepProcessing = dtd.standalone;
      if (between && events.wants(Kind.SKIPPED_ENTITY)) {
        events.skippedEntity(name, true);
      } else {
        parser.other(text, from, to);
      }
      return;
    }
    if (e.open) {
      throw new XmlFailure(XmlError.RECURSIVE_ENTITY_REF);
    }
    if (e.text != null) {
      parser.enter(e);
    } else if (externalParameter(e) && !dtd.standalone) {
      askStandalone();
    }
  }

  private boolean externalParameter(XmlDtd.Entity e) throws XmlFailure {
    if (!events.wants(Kind.EXTERNAL_ENTITY_REF)) {
      dtd.keepProcessing = dtd.standalone;
      parser.other(text, from, to);
      return false;
    }
    dtd.paramRead = false;
    e.open = true;
    try {
      if (!events.externalEntity(null, e.base, e.systemId, e.publicId)) {
        throw new XmlFailure(XmlError.EXTERNAL_ENTITY_HANDLING);
      }
    } finally {
      e.open = false;
    }
    if (!dtd.paramRead) {
      dtd.keepProcessing = dtd.standalone;
    }
    return dtd.paramRead;
  }

  private void entity() throws XmlFailure {
    XmlToken token = next();
    boolean parameter = token == XmlToken.PERCENT;
    String name = name(parameter ? next() : token);
    if (parser.namespaces.enabled() && name.indexOf(':') >= 0) {
      throw syntax();
    }
    XmlDtd.Entity e = new XmlDtd.Entity(name);
    e.internal = parser.parent == null && parser.entities.isEmpty();
    e.base = parser.base;
    boolean fresh =
        dtd.keepProcessing
            && (parameter ? !dtd.parameter.containsKey(name) : !dtd.general.containsKey(name))
            && (parameter || XmlDtd.predefined(name) == 0);
    token = next();
    if (token == XmlToken.LITERAL) {
      if (dtd.keepProcessing) {
        e.text = attributes.entityText(text, from + 1, to - 1);
        parser.budget.keep(2L * (name.length() + e.text.length));
        declare(e, parameter, fresh);
      }
      close(next());
      return;
    }
    String word = name(token);
    if (word.equals("PUBLIC")) {
      e.publicId = publicLiteral();
    } else if (!word.equals("SYSTEM")) {
      throw syntax();
    }
    e.systemId = literal();
    token = next();
    if (!parameter && token == XmlToken.NAME && word().equals("NDATA")) {
      e.notation = name(next());
      if (fresh) {
        dtd.general.put(name, e);
        if (events.wants(Kind.UNPARSED_ENTITY_DECL)) {
          deferred = false;
          events.unparsedEntityDecl(e);
        } else if (events.wants(Kind.ENTITY_DECL)) {
          events.entityDecl(e, false);
        }
      }
      close(next());
      return;
    }
    declare(e, parameter, fresh);
    close(token);
  }

  private void declare(XmlDtd.Entity e, boolean parameter, boolean fresh) {
    if (fresh) {
      (parameter ? dtd.parameter : dtd.general).put(e.name, e);
      if (events.wants(Kind.ENTITY_DECL)) {
        events.entityDecl(e, parameter);
      }
    }
  }

  private void notation() throws XmlFailure {
    String name = name(next());
    String word = name(next());
    String system = null;
    String publicName = null;
    XmlToken token = XmlToken.NONE;
    if (word.equals("SYSTEM")) {
      system = literal();
    } else if (word.equals("PUBLIC")) {
      publicName = publicLiteral();
      token = next();
      if (token == XmlToken.LITERAL) {
        system = keyword(text, from + 1, to - 1);
      }
    } else {
      throw syntax();
    }
    if (events.wants(Kind.NOTATION_DECL)) {
      events.notationDecl(name, parser.base, system, publicName);
    }
    close(system == null ? token : next());
  }

  private void attlist() throws XmlFailure {
    String element = name(next());
    while (true) {
      XmlToken token = next();
      if (token == XmlToken.DECL_CLOSE) {
        close(token);
        return;
      }
      attribute(element, name(token));
    }
  }

  private void attribute(String element, String name) throws XmlFailure {
    XmlToken token = next();
    String type;
    if (token == XmlToken.OPEN_PAREN) {
      type = enumeration(false);
    } else {
      type = name(token);
      switch (type) {
        case "CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS" -> {}
        case "NOTATION" -> {
          if (next() != XmlToken.OPEN_PAREN) {
            throw syntax();
          }
          type += enumeration(true);
        }
        default -> throw syntax();
      }
    }
    boolean required = false;
    boolean value = true;
    token = next();
    if (token == XmlToken.POUND_NAME) {
      switch (word()) {
        case "#IMPLIED" -> value = false;
        case "#REQUIRED" -> {
          required = true;
          value = false;
        }
        case "#FIXED" -> {
          required = true;
          token = next();
        }
        default -> throw syntax();
      }
    }
    if (value && token != XmlToken.LITERAL) {
      throw syntax();
    }
    boolean cdata = type.equals("CDATA");
    if (!dtd.keepProcessing) {
      return;
    }
    String text = value ? attributes.value(this.text.chars, from + 1, to - 1, cdata, true) : null;
    parser.budget.keep(2L * (name.length() + (text == null ? 0 : text.length())));
    dtd.declare(element, new XmlDtd.Attribute(name, cdata, text));
    if (events.wants(Kind.ATTLIST_DECL)) {
      events.attlistDecl(element, name, type, text, required);
    }
  }

  private String enumeration(boolean names) throws XmlFailure {
    StringBuilder s = new StringBuilder("(");
    while (true) {
      XmlToken token = next();
      if (token != XmlToken.NAME && (names || token != XmlToken.NMTOKEN)) {
        throw syntax();
      }
      s.append(word());
      token = next();
      if (token == XmlToken.CLOSE_PAREN) {
        return s.append(')').toString();
      }
      if (token != XmlToken.OR) {
        throw syntax();
      }
      s.append('|');
    }
  }

  private void element() throws XmlFailure {
    String name = name(next());
    XmlToken token = next();
    XmlModel model;
    if (token == XmlToken.OPEN_PAREN) {
      model = group();
    } else {
      model =
          switch (name(token)) {
            case "EMPTY" -> new XmlModel(XmlModel.EMPTY, XmlModel.ONCE, null);
            case "ANY" -> new XmlModel(XmlModel.ANY, XmlModel.ONCE, null);
            default -> throw syntax();
          };
    }
    if (events.wants(Kind.ELEMENT_DECL)) {
      events.elementDecl(name, model);
    }
    close(next());
  }

  private XmlModel group() throws XmlFailure {
    XmlModel top = new XmlModel(XmlModel.SEQUENCE, XmlModel.ONCE, null);
    XmlToken token = next();
    if (token == XmlToken.POUND_NAME) {
      return mixed(top);
    }
    Deque<XmlModel> open = new ArrayDeque<>();
    Deque<XmlToken> connectors = new ArrayDeque<>();
    open.addFirst(top);
    connectors.addFirst(XmlToken.NONE);
    while (true) {
      if (token == XmlToken.OPEN_PAREN) {
        XmlModel child = new XmlModel(XmlModel.SEQUENCE, XmlModel.ONCE, null);
        parser.budget.keep(64);
        open.getFirst().children.add(child);
        open.addFirst(child);
        connectors.addFirst(XmlToken.NONE);
        token = next();
        continue;
      }
      parser.budget.keep(64);
      open.getFirst().children.add(child(token));
      token = next();
      while (token != XmlToken.COMMA && token != XmlToken.OR) {
        if (!token.name().startsWith("CLOSE_PAREN")) {
          throw syntax();
        }
        open.removeFirst().quantifier = quantifier(token);
        connectors.removeFirst();
        if (open.isEmpty()) {
          return top;
        }
        token = next();
      }
      XmlToken connector = connectors.removeFirst();
      if (connector != XmlToken.NONE && connector != token) {
        throw syntax();
      }
      connectors.addFirst(token);
      again(connector);
      if (token == XmlToken.OR) {
        open.getFirst().type = XmlModel.CHOICE;
      }
      token = next();
    }
  }

  /** As with Expat, the default handler hears of the second bar of a choice, whoever else does. */
  private void again(XmlToken connector) {
    if (connector == XmlToken.OR && events.wants(Kind.ELEMENT_DECL)) {
      parser.other(text, from, to);
    }
  }

  private XmlModel child(XmlToken token) throws XmlFailure {
    if (!token.name().startsWith("NAME")) {
      throw syntax();
    }
    int quantifier = quantifier(token);
    String name = keyword(text, from, quantifier == XmlModel.ONCE ? to : to - 1);
    return new XmlModel(XmlModel.NAME, quantifier, name);
  }

  private XmlModel mixed(XmlModel model) throws XmlFailure {
    if (!word().equals("#PCDATA")) {
      throw syntax();
    }
    model.type = XmlModel.MIXED;
    XmlToken token = next();
    XmlToken connector = XmlToken.NONE;
    while (token == XmlToken.OR) {
      again(connector);
      connector = token;
      model.children.add(new XmlModel(XmlModel.NAME, XmlModel.ONCE, name(next())));
      token = next();
    }
    if (token == XmlToken.CLOSE_PAREN_REPEATED) {
      model.quantifier = XmlModel.REPEATED;
    } else if (token != XmlToken.CLOSE_PAREN || !model.children.isEmpty()) {
      throw syntax();
    }
    return model;
  }

  private int quantifier(XmlToken token) throws XmlFailure {
    return switch (token) {
      case NAME, CLOSE_PAREN -> XmlModel.ONCE;
      case NAME_OPTIONAL, CLOSE_PAREN_OPTIONAL -> XmlModel.OPTIONAL;
      case NAME_REPEATED, CLOSE_PAREN_REPEATED -> XmlModel.REPEATED;
      case NAME_PLUS, CLOSE_PAREN_PLUS -> XmlModel.PLUS;
      default -> throw syntax();
    };
  }

  // ---- the XML declaration

  private static final class Pseudo {
    final XmlText t;
    int at;
    final int end;
    String name = "";
    String value = "";
    int nameAt;
    int valueAt;

    Pseudo(XmlText t, int at, int end) {
      this.t = t;
      this.at = at;
      this.end = end;
    }
  }

  /**
   * An XML declaration from its less-than sign to its end.
   *
   * @param ofEntity a text declaration, which an external entity begins with
   */
  void declaration(XmlText t, int start, int end, boolean ofEntity) throws XmlFailure {
    XmlError wrong = ofEntity ? XmlError.TEXT_DECL : XmlError.XML_DECL;
    Pseudo p = new Pseudo(t, start + 5, end - 2);
    String version = null;
    String encoding = null;
    int encodingAt = start;
    int standalone = -1;
    boolean more = pseudo(p, wrong);
    if (more && p.name.equals("version")) {
      version = p.value;
      more = pseudo(p, wrong);
    } else if (!ofEntity) {
      throw new XmlFailure(wrong, more ? p.nameAt : p.at);
    }
    if (more && p.name.equals("encoding")) {
      encoding = p.value;
      encodingAt = p.valueAt;
      if (encoding.isEmpty() || !XmlChars.isNameStart(encoding.charAt(0))) {
        throw new XmlFailure(wrong, p.valueAt);
      }
      more = pseudo(p, wrong);
    } else if (ofEntity) {
      throw new XmlFailure(wrong, more ? p.nameAt : p.at);
    }
    if (more && p.name.equals("standalone") && !ofEntity) {
      standalone = p.value.equals("yes") ? 1 : p.value.equals("no") ? 0 : -1;
      if (standalone == -1) {
        throw new XmlFailure(wrong, p.valueAt);
      }
      more = pseudo(p, wrong);
    }
    if (more) {
      throw new XmlFailure(wrong, p.nameAt);
    }
    if (standalone == 1) {
      dtd.standalone = true;
      if (parser.paramParsing == XmlParser.PARAM_UNLESS_STANDALONE) {
        parser.paramParsing = XmlParser.PARAM_NEVER;
      }
    }
    if (events.wants(Kind.XML_DECL)) {
      events.xmlDecl(version, encoding, standalone);
    } else {
      parser.other(t, start, end);
    }
    if (encoding != null && !parser.input.hasProtocol()) {
      encoding(encoding, encodingAt);
    }
  }

  private void encoding(String name, int at) throws XmlFailure {
    try {
      if (!parser.input.declared(name)) {
        int[] table = events.encoding(name);
        if (table == null) {
          throw new XmlFailure(XmlError.UNKNOWN_ENCODING, at);
        }
        parser.input.single(table);
      }
    } catch (XmlFailure e) {
      throw new XmlFailure(e.error, at);
    }
  }

  /** Reads one name and value. False at the end. */
  private boolean pseudo(Pseudo p, XmlError wrong) throws XmlFailure {
    char[] c = p.t.chars;
    int at = p.at;
    if (at == p.end) {
      return false;
    }
    if (!XmlChars.isSpace(c[at])) {
      throw new XmlFailure(wrong, at);
    }
    while (at < p.end && XmlChars.isSpace(c[at])) {
      at++;
    }
    p.at = at;
    if (at == p.end) {
      return false;
    }
    p.nameAt = at;
    while (at < p.end && c[at] != '=' && !XmlChars.isSpace(c[at])) {
      if (c[at] >= 0x80) {
        throw new XmlFailure(wrong, at);
      }
      at++;
    }
    p.name = new String(c, p.nameAt, at - p.nameAt);
    while (at < p.end && XmlChars.isSpace(c[at])) {
      at++;
    }
    if (at == p.end || c[at] != '=' || p.name.isEmpty()) {
      throw new XmlFailure(wrong, at);
    }
    at++;
    while (at < p.end && XmlChars.isSpace(c[at])) {
      at++;
    }
    if (at == p.end || c[at] != '"' && c[at] != '\'') {
      throw new XmlFailure(wrong, at);
    }
    char quote = c[at++];
    p.valueAt = at;
    while (at < p.end && c[at] != quote) {
      char v = c[at];
      if (!(v >= 'a' && v <= 'z' || v >= 'A' && v <= 'Z' || v >= '0' && v <= '9')
          && ".-_".indexOf(v) < 0) {
        throw new XmlFailure(wrong, at);
      }
      at++;
    }
    if (at == p.end) {
      throw new XmlFailure(wrong, at);
    }
    p.value = new String(c, p.valueAt, at - p.valueAt);
    p.at = at + 1;
    return true;
  }
}
