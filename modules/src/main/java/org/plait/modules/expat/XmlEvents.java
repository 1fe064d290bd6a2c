package org.plait.modules.expat;

import org.jspecify.annotations.Nullable;

/**
 * Whom a parser reports to. It asks {@link #wants} before each report, since a report may change
 * what is wanted.
 */
interface XmlEvents {
  enum Kind {
    START_ELEMENT,
    END_ELEMENT,
    PROCESSING_INSTRUCTION,
    CHARACTER_DATA,
    UNPARSED_ENTITY_DECL,
    NOTATION_DECL,
    START_NAMESPACE_DECL,
    END_NAMESPACE_DECL,
    COMMENT,
    START_CDATA_SECTION,
    END_CDATA_SECTION,
    DEFAULT,
    NOT_STANDALONE,
    EXTERNAL_ENTITY_REF,
    START_DOCTYPE_DECL,
    END_DOCTYPE_DECL,
    ENTITY_DECL,
    XML_DECL,
    ELEMENT_DECL,
    ATTLIST_DECL,
    SKIPPED_ENTITY,
  }

  boolean wants(Kind kind);

  /** Whether references to internal entities are replaced even if there is a default handler. */
  boolean expandsEntities();

  /**
   * An element begins.
   *
   * @param attributes names and values in turn: those of the tag, then those of the DTD
   * @param specified how many items of the array are of the tag
   */
  void startElement(String name, String[] attributes, int specified);

  void endElement(String name);

  void instruction(String target, String data);

  void characters(char[] text, int from, int to);

  void comment(String data);

  void startCdata();

  void endCdata();

  /** Text that no other report speaks of. */
  void other(char[] text, int from, int to);

  void startNamespace(@Nullable String prefix, @Nullable String uri);

  void endNamespace(@Nullable String prefix);

  void xmlDecl(@Nullable String version, @Nullable String encoding, int standalone);

  void startDoctype(
      String name, @Nullable String systemId, @Nullable String publicId, boolean internalSubset);

  void endDoctype();

  void elementDecl(String name, XmlModel model);

  void attlistDecl(
      String element, String name, String type, @Nullable String value, boolean required);

  void entityDecl(XmlDtd.Entity entity, boolean parameter);

  void unparsedEntityDecl(XmlDtd.Entity entity);

  void notationDecl(
      String name, @Nullable String base, @Nullable String systemId, @Nullable String publicId);

  void skippedEntity(String name, boolean parameter);

  /** False ends the parsing. */
  boolean notStandalone();

  /** False ends the parsing. */
  boolean externalEntity(
      @Nullable String context,
      @Nullable String base,
      @Nullable String systemId,
      @Nullable String publicId);

  /** The characters of the 256 bytes, -1 for those that stand for none; null if unknown. */
  int @Nullable [] encoding(String name);
}
