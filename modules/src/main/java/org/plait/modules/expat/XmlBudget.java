package org.plait.modules.expat;

/**
 * What a document may cost in relation to its size, against those that grow beyond measure
 * ("billion laughs"). Shared by the parser of a document and those of its entities.
 */
final class XmlBudget {
  static final double MAX_AMPLIFICATION = 100;
  static final long ENTITY_THRESHOLD = 8L << 20;
  static final long MEMORY_THRESHOLD = 64L << 20;

  /** About what a parser without a document takes. */
  private static final long PARSER = 1024;

  volatile double maxMemory = MAX_AMPLIFICATION;

  /** In bytes; compared as unsigned. */
  volatile long memoryThreshold = MEMORY_THRESHOLD;

  private long direct;
  private long indirect;
  private long memory = PARSER;

  /** Bytes of the document itself. */
  void read(long bytes) {
    direct += bytes;
  }

  /** Text that comes from an entity, in chars. */
  void expanded(long chars) throws XmlFailure {
    indirect += chars;
    long total = direct + indirect;
    if (total >= ENTITY_THRESHOLD && total > MAX_AMPLIFICATION * Math.max(direct, 22)) {
      throw new XmlFailure(XmlError.AMPLIFICATION_LIMIT_BREACH);
    }
  }

  /** Memory that is kept, in bytes. */
  void keep(long bytes) throws XmlFailure {
    memory += bytes;
    if (Long.compareUnsigned(memory, memoryThreshold) >= 0
        && direct > 0
        && memory > maxMemory * direct) {
      throw new XmlFailure(XmlError.NO_MEMORY);
    }
  }

  void release(long bytes) {
    memory -= bytes;
  }
}
