package org.plait.modules.ssl;

/** The records go by way of two objects that Python fills and empties. */
record BioWire(PyMemoryBio incoming, PyMemoryBio outgoing) implements Wire {
  @Override
  public int receive(byte[] to, int at, int count) {
    return incoming.receive(to, at, count);
  }

  @Override
  public int send(byte[] from, int at, int count) {
    return outgoing.send(from, at, count);
  }
}
