package org.plait.modules.ssl;

import org.plait.host.file.Fd;
import org.plait.host.net.Sockets;
import org.plait.modules.PySocket;

/** The records go by a socket. */
record SocketWire(PySocket socket) implements Wire {
  @Override
  public int receive(byte[] to, int at, int count) {
    int n = Sockets.tryRecv(socket.descriptor(), to, at, count, 0);
    return n == Fd.WOULD_BLOCK ? WOULD_BLOCK : n;
  }

  @Override
  public int send(byte[] from, int at, int count) {
    int n = Sockets.trySend(socket.descriptor(), from, at, count, 0);
    return n == Fd.WOULD_BLOCK ? WOULD_BLOCK : n;
  }
}
