package org.plait.modules.expat;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plait.modules.expat.XmlEvents.Kind;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * {@code pyexpat.xmlparser}. One thread at a time feeds it, which {@link #feeder} sees to without a
 * lock, since handlers run meanwhile; everything else may be read and set by any.
 */
@PyTypeDef(
    name = "xmlparser",
    module = "pyexpat",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "An XML parser that calls handlers.")
public final class PyXmlParser extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyXmlParserTable.INSTANCE);

  public static final PyType ERROR =
      Errors.newException("xml.parsers.expat", "ExpatError", Exceptions.Exception, null);

  private static final int FILE_CHUNK = 2048;

  final PyXmlEvents events;
  private final XmlParser parser;

  /** Who feeds the parser. */
  private final AtomicReference<@Nullable ThreadState> feeder = new AtomicReference<>();

  /** Where the parser was when nobody fed it, for the other threads. */
  private volatile Place place = new Place(1, 0, -1);

  private record Place(long line, long column, long bytes) {}

  private PyXmlParser(PyXmlEvents events, XmlParser parser) {
    this.events = events;
    this.parser = parser;
  }

  /**
   * A parser for a document.
   *
   * @param separator between URI and name; null where prefixes mean nothing
   */
  public static PyXmlParser of(
      @Nullable String encoding, @Nullable String separator, @Nullable PyDict intern) {
    PyXmlEvents events = new PyXmlEvents(intern);
    XmlParser parser = new XmlParser(events, new XmlNamespaces(separator));
    parser.input.setProtocol(encoding);
    return new PyXmlParser(events, parser);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- feeding

  @PyMethod(
      name = "Parse",
      sig = "(data, isfinal=False, /)",
      doc = "Parse a piece of a document; the last one is marked by isfinal.")
  PyObject parse(PyObject data, @Nullable PyObject isFinal) {
    boolean last = isFinal != null && PyObjects.isTrue(isFinal);
    if (data instanceof PyStr s) {
      return feed(PyCodecs.utf8(s, null).array(), last, true);
    }
    return feed(PyBuffers.toBytes(data), last, false);
  }

  private PyObject feed(byte[] bytes, boolean last, boolean utf8) {
    ThreadState me = ThreadState.current();
    if (!feeder.compareAndSet(null, me)) {
      throw Errors.runtimeError("the parser is being fed already, by a handler or another thread");
    }
    boolean good;
    try {
      if (utf8 && !parser.isStarted()) {
        parser.input.setProtocol("utf-8");
      }
      events.begin();
      good = parser.parse(bytes, last);
      if (good) {
        events.flush();
      }
      events.raisePending();
      if (!good) {
        throw error(parser.error());
      }
    } finally {
      place = new Place(parser.line(), parser.column(), parser.byteIndex());
      feeder.set(null);
    }
    return PyInt.ONE;
  }

  @PyMethod(name = "ParseFile", sig = "(file, /)", doc = "Parse what an object's read() gives.")
  PyObject parseFile(PyObject file) {
    PyObject read = PyObjects.getOptionalAttr(file, "read");
    if (read == null) {
      throw Errors.typeError("argument must have 'read' attribute");
    }
    while (true) {
      PyObject data = read.call1(Py.int_(FILE_CHUNK));
      if (!(data instanceof PyBytes) && !(data instanceof PyByteArray)) {
        throw Errors.typeError(
            "read() did not return a bytes object (type=" + data.type().name() + ")");
      }
      byte[] bytes = PyBuffers.toBytes(data);
      if (bytes.length > FILE_CHUNK) {
        throw Errors.valueError(
            "read() returned too much data: "
                + FILE_CHUNK
                + " bytes requested, "
                + bytes.length
                + " returned");
      }
      PyObject result = feed(bytes, bytes.length == 0, false);
      if (bytes.length == 0) {
        return result;
      }
    }
  }

  private PyException error(XmlError e) {
    return error(e, e.message() + ": line " + parser.line() + ", column " + parser.column());
  }

  private PyException error(XmlError e, String message) {
    Place p = place();
    PyException error = Errors.of(ERROR, message);
    PyObjects.setAttr(error.value, "code", Py.int_(e.code()));
    PyObjects.setAttr(error.value, "lineno", Py.int_(p.line));
    PyObjects.setAttr(error.value, "offset", Py.int_(p.column));
    return error;
  }

  /** Whether the thread feeds the parser, and so runs a handler. */
  private boolean isFeeder() {
    return feeder.get() == ThreadState.current();
  }

  // ---- settings

  @PyMethod(name = "SetBase", sig = "(base, /)", doc = "Set what relative addresses refer to.")
  void setBase(PyObject base) {
    parser.base = ArgumentConverters.toString(base, "SetBase() argument");
  }

  @PyMethod(name = "GetBase", sig = "()", doc = "What relative addresses refer to, or None.")
  PyObject getBase() {
    return Py.strOrNone(parser.base);
  }

  @PyMethod(
      name = "GetInputContext",
      sig = "()",
      doc = "In a handler, the input from the place that is reported on; None elsewhere.")
  PyObject getInputContext() {
    return events.inHandler() && isFeeder() ? Py.bytes(parser.context()) : Py.None;
  }

  @PyMethod(
      name = "ExternalEntityParserCreate",
      sig = "(context, encoding=<unrepresentable>, /)",
      doc = "Make a parser for an external entity that this one has met.")
  PyObject externalEntityParserCreate(PyObject context, @Nullable PyObject encoding) {
    String what = "ExternalEntityParserCreate() argument ";
    String of = ArgumentConverters.toStringOrNull(context, what + "1");
    String named = encoding == null ? null : ArgumentConverters.toString(encoding, what + "2");
    PyXmlEvents copied = events.copy();
    XmlParser sub = parser.entityParser(copied, of);
    sub.input.setProtocol(named);
    return new PyXmlParser(copied, sub);
  }

  @PyMethod(
      name = "UseForeignDTD",
      sig = "(flag=True, /)",
      doc = "Ask the external entity handler for a DTD where a document names none.")
  void useForeignDtd(@Nullable PyObject flag) {
    boolean on = flag == null || PyObjects.isTrue(flag);
    if (parser.isStarted()) {
      throw error(XmlError.CANT_CHANGE_FEATURE_ONCE_PARSING);
    }
    parser.foreignDtd = on;
  }

  @PyMethod(
      name = "SetParamEntityParsing",
      sig = "(flag, /)",
      doc = "Set whether external DTDs and parameter entities are read; 1 if that could be done.")
  int setParamEntityParsing(int flag) {
    if (parser.isStarted()) {
      return 0;
    }
    parser.paramParsing = flag;
    return 1;
  }

  @PyMethod(
      name = "SetReparseDeferralEnabled",
      sig = "(enabled, /)",
      doc = "Set whether a token that is not complete waits for more than a little input.")
  void setReparseDeferral(boolean enabled) {
    parser.deferral = enabled;
  }

  @PyMethod(
      name = "GetReparseDeferralEnabled",
      sig = "()",
      doc = "Whether a token that is not complete waits for more than a little input.")
  boolean getReparseDeferral() {
    return parser.deferral;
  }

  @PyMethod(
      name = "SetAllocTrackerMaximumAmplification",
      sig = "(max_factor, /)",
      doc = "Set how many bytes of memory a byte of the document may cost.")
  void setMaximumAmplification(PyObject factor) {
    double d = ArgumentConverters.toDouble(factor);
    checkRoot();
    if (!(d >= 1)) {
      throw error(XmlError.INVALID_ARGUMENT, "'max_factor' must be at least 1.0");
    }
    parser.budget.maxMemory = d;
  }

  @PyMethod(
      name = "SetAllocTrackerActivationThreshold",
      sig = "(threshold, /)",
      doc = "Set from how many bytes of memory on the factor counts.")
  void setActivationThreshold(PyObject threshold) {
    BigInteger n = PyNumbers.index(threshold).bigValue();
    if (n.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (n.bitLength() > 64) {
      throw Errors.overflowError("Python int too large for C unsigned long long");
    }
    checkRoot();
    parser.budget.memoryThreshold = n.longValue();
  }

  private void checkRoot() {
    if (parser.parent != null) {
      throw error(XmlError.INVALID_ARGUMENT, "parser must be a root parser");
    }
  }

  private static PyObject set(@Nullable PyObject o) {
    if (o == null) {
      throw Errors.runtimeError("Cannot delete attribute");
    }
    return o;
  }

  @PyGetter("buffer_text")
  boolean getBufferText() {
    return events.buffers;
  }

  @PySetter("buffer_text")
  void setBufferText(@Nullable PyObject o) {
    boolean on = PyObjects.isTrue(set(o));
    if (!on && isFeeder()) {
      events.flush();
    }
    events.buffers = on;
  }

  @PyGetter("buffer_size")
  int getBufferSize() {
    return events.bufferSize;
  }

  @PySetter("buffer_size")
  void setBufferSize(@Nullable PyObject o) {
    if (!(set(o) instanceof PyInt)) {
      throw Errors.typeError("buffer_size must be an integer");
    }
    long size = PyNumbers.asLong(o, Exceptions.OverflowError);
    if (size <= 0) {
      throw Errors.valueError("buffer_size must be greater than zero");
    }
    if (size > Integer.MAX_VALUE) {
      throw Errors.valueError("buffer_size must not be greater than " + Integer.MAX_VALUE);
    }
    if (size != events.bufferSize) {
      if (isFeeder()) {
        events.flush();
      }
      events.bufferSize = (int) size;
    }
  }

  @PyGetter("buffer_used")
  int getBufferUsed() {
    return events.bufferUsed();
  }

  @PyGetter("namespace_prefixes")
  boolean getNamespacePrefixes() {
    return parser.namespaces.triplets;
  }

  @PySetter("namespace_prefixes")
  void setNamespacePrefixes(@Nullable PyObject o) {
    parser.namespaces.triplets = PyObjects.isTrue(set(o));
  }

  @PyGetter("ordered_attributes")
  boolean getOrderedAttributes() {
    return events.ordered;
  }

  @PySetter("ordered_attributes")
  void setOrderedAttributes(@Nullable PyObject o) {
    events.ordered = PyObjects.isTrue(set(o));
  }

  @PyGetter("specified_attributes")
  boolean getSpecifiedAttributes() {
    return events.specifiedOnly;
  }

  @PySetter("specified_attributes")
  void setSpecifiedAttributes(@Nullable PyObject o) {
    events.specifiedOnly = PyObjects.isTrue(set(o));
  }

  @PyGetter(value = "intern", member = true)
  PyObject getIntern() {
    return Py.orNone(events.intern);
  }

  // ---- where the parser is

  private Place place() {
    return isFeeder() ? new Place(parser.line(), parser.column(), parser.byteIndex()) : place;
  }

  @PyGetter("ErrorCode")
  int getErrorCode() {
    XmlError e = parser.error();
    return e == null ? 0 : e.code();
  }

  @PyGetter("ErrorLineNumber")
  long getErrorLineNumber() {
    return place().line();
  }

  @PyGetter("ErrorColumnNumber")
  long getErrorColumnNumber() {
    return place().column();
  }

  @PyGetter("ErrorByteIndex")
  long getErrorByteIndex() {
    return place().bytes();
  }

  @PyGetter("CurrentLineNumber")
  long getCurrentLineNumber() {
    return place().line();
  }

  @PyGetter("CurrentColumnNumber")
  long getCurrentColumnNumber() {
    return place().column();
  }

  @PyGetter("CurrentByteIndex")
  long getCurrentByteIndex() {
    return place().bytes();
  }

  // ---- handlers

  private PyObject handler(int slot) {
    return Py.orNone(events.handler(slot));
  }

  private void setHandler(int slot, @Nullable PyObject o) {
    PyObject h = set(o);
    events.setHandler(slot, h == Py.None ? null : h, isFeeder());
  }

  @PyGetter("StartElementHandler")
  PyObject getStartElement() {
    return handler(Kind.START_ELEMENT.ordinal());
  }

  @PySetter("StartElementHandler")
  void setStartElement(@Nullable PyObject h) {
    setHandler(Kind.START_ELEMENT.ordinal(), h);
  }

  @PyGetter("EndElementHandler")
  PyObject getEndElement() {
    return handler(Kind.END_ELEMENT.ordinal());
  }

  @PySetter("EndElementHandler")
  void setEndElement(@Nullable PyObject h) {
    setHandler(Kind.END_ELEMENT.ordinal(), h);
  }

  @PyGetter("ProcessingInstructionHandler")
  PyObject getProcessingInstruction() {
    return handler(Kind.PROCESSING_INSTRUCTION.ordinal());
  }

  @PySetter("ProcessingInstructionHandler")
  void setProcessingInstruction(@Nullable PyObject h) {
    setHandler(Kind.PROCESSING_INSTRUCTION.ordinal(), h);
  }

  @PyGetter("CharacterDataHandler")
  PyObject getCharacterData() {
    return handler(Kind.CHARACTER_DATA.ordinal());
  }

  @PySetter("CharacterDataHandler")
  void setCharacterData(@Nullable PyObject h) {
    setHandler(Kind.CHARACTER_DATA.ordinal(), h);
  }

  @PyGetter("UnparsedEntityDeclHandler")
  PyObject getUnparsedEntityDecl() {
    return handler(Kind.UNPARSED_ENTITY_DECL.ordinal());
  }

  @PySetter("UnparsedEntityDeclHandler")
  void setUnparsedEntityDecl(@Nullable PyObject h) {
    setHandler(Kind.UNPARSED_ENTITY_DECL.ordinal(), h);
  }

  @PyGetter("NotationDeclHandler")
  PyObject getNotationDecl() {
    return handler(Kind.NOTATION_DECL.ordinal());
  }

  @PySetter("NotationDeclHandler")
  void setNotationDecl(@Nullable PyObject h) {
    setHandler(Kind.NOTATION_DECL.ordinal(), h);
  }

  @PyGetter("StartNamespaceDeclHandler")
  PyObject getStartNamespaceDecl() {
    return handler(Kind.START_NAMESPACE_DECL.ordinal());
  }

  @PySetter("StartNamespaceDeclHandler")
  void setStartNamespaceDecl(@Nullable PyObject h) {
    setHandler(Kind.START_NAMESPACE_DECL.ordinal(), h);
  }

  @PyGetter("EndNamespaceDeclHandler")
  PyObject getEndNamespaceDecl() {
    return handler(Kind.END_NAMESPACE_DECL.ordinal());
  }

  @PySetter("EndNamespaceDeclHandler")
  void setEndNamespaceDecl(@Nullable PyObject h) {
    setHandler(Kind.END_NAMESPACE_DECL.ordinal(), h);
  }

  @PyGetter("CommentHandler")
  PyObject getComment() {
    return handler(Kind.COMMENT.ordinal());
  }

  @PySetter("CommentHandler")
  void setComment(@Nullable PyObject h) {
    setHandler(Kind.COMMENT.ordinal(), h);
  }

  @PyGetter("StartCdataSectionHandler")
  PyObject getStartCdataSection() {
    return handler(Kind.START_CDATA_SECTION.ordinal());
  }

  @PySetter("StartCdataSectionHandler")
  void setStartCdataSection(@Nullable PyObject h) {
    setHandler(Kind.START_CDATA_SECTION.ordinal(), h);
  }

  @PyGetter("EndCdataSectionHandler")
  PyObject getEndCdataSection() {
    return handler(Kind.END_CDATA_SECTION.ordinal());
  }

  @PySetter("EndCdataSectionHandler")
  void setEndCdataSection(@Nullable PyObject h) {
    setHandler(Kind.END_CDATA_SECTION.ordinal(), h);
  }

  @PyGetter("DefaultHandler")
  PyObject getDefault() {
    return handler(Kind.DEFAULT.ordinal());
  }

  @PySetter("DefaultHandler")
  void setDefault(@Nullable PyObject h) {
    setHandler(Kind.DEFAULT.ordinal(), h);
  }

  @PyGetter("NotStandaloneHandler")
  PyObject getNotStandalone() {
    return handler(Kind.NOT_STANDALONE.ordinal());
  }

  @PySetter("NotStandaloneHandler")
  void setNotStandalone(@Nullable PyObject h) {
    setHandler(Kind.NOT_STANDALONE.ordinal(), h);
  }

  @PyGetter("ExternalEntityRefHandler")
  PyObject getExternalEntityRef() {
    return handler(Kind.EXTERNAL_ENTITY_REF.ordinal());
  }

  @PySetter("ExternalEntityRefHandler")
  void setExternalEntityRef(@Nullable PyObject h) {
    setHandler(Kind.EXTERNAL_ENTITY_REF.ordinal(), h);
  }

  @PyGetter("StartDoctypeDeclHandler")
  PyObject getStartDoctypeDecl() {
    return handler(Kind.START_DOCTYPE_DECL.ordinal());
  }

  @PySetter("StartDoctypeDeclHandler")
  void setStartDoctypeDecl(@Nullable PyObject h) {
    setHandler(Kind.START_DOCTYPE_DECL.ordinal(), h);
  }

  @PyGetter("EndDoctypeDeclHandler")
  PyObject getEndDoctypeDecl() {
    return handler(Kind.END_DOCTYPE_DECL.ordinal());
  }

  @PySetter("EndDoctypeDeclHandler")
  void setEndDoctypeDecl(@Nullable PyObject h) {
    setHandler(Kind.END_DOCTYPE_DECL.ordinal(), h);
  }

  @PyGetter("EntityDeclHandler")
  PyObject getEntityDecl() {
    return handler(Kind.ENTITY_DECL.ordinal());
  }

  @PySetter("EntityDeclHandler")
  void setEntityDecl(@Nullable PyObject h) {
    setHandler(Kind.ENTITY_DECL.ordinal(), h);
  }

  @PyGetter("XmlDeclHandler")
  PyObject getXmlDecl() {
    return handler(Kind.XML_DECL.ordinal());
  }

  @PySetter("XmlDeclHandler")
  void setXmlDecl(@Nullable PyObject h) {
    setHandler(Kind.XML_DECL.ordinal(), h);
  }

  @PyGetter("ElementDeclHandler")
  PyObject getElementDecl() {
    return handler(Kind.ELEMENT_DECL.ordinal());
  }

  @PySetter("ElementDeclHandler")
  void setElementDecl(@Nullable PyObject h) {
    setHandler(Kind.ELEMENT_DECL.ordinal(), h);
  }

  @PyGetter("AttlistDeclHandler")
  PyObject getAttlistDecl() {
    return handler(Kind.ATTLIST_DECL.ordinal());
  }

  @PySetter("AttlistDeclHandler")
  void setAttlistDecl(@Nullable PyObject h) {
    setHandler(Kind.ATTLIST_DECL.ordinal(), h);
  }

  @PyGetter("SkippedEntityHandler")
  PyObject getSkippedEntity() {
    return handler(Kind.SKIPPED_ENTITY.ordinal());
  }

  @PySetter("SkippedEntityHandler")
  void setSkippedEntity(@Nullable PyObject h) {
    setHandler(Kind.SKIPPED_ENTITY.ordinal(), h);
  }

  @PyGetter("DefaultHandlerExpand")
  PyObject getDefaultExpand() {
    return handler(PyXmlEvents.DEFAULT_EXPAND);
  }

  @PySetter("DefaultHandlerExpand")
  void setDefaultExpand(@Nullable PyObject h) {
    setHandler(PyXmlEvents.DEFAULT_EXPAND, h);
  }
}
