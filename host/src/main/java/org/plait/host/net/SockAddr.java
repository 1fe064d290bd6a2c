package org.plait.host.net;

import java.util.Arrays;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/** A socket address, one record for each family; ports are in host order. */
public sealed interface SockAddr {
  int AF_UNSPEC = 0;
  int AF_UNIX = 1;
  int AF_INET = 2;
  int AF_INET6 = 10;
  int AF_NETLINK = 16;
  int AF_PACKET = 17;
  int AF_VSOCK = 40;

  /** Bytes of the largest address, sockaddr_storage. */
  int SIZEOF_STORAGE = 128;

  /** Bytes of a sockaddr_un's path. */
  int UNIX_PATH = 108;

  int family();

  /** IPv4; four bytes of address. */
  record Inet(byte[] address, int port) implements SockAddr {
    @Override
    public int family() {
      return AF_INET;
    }
  }

  /** IPv6; sixteen bytes of address. */
  record Inet6(byte[] address, int port, int flowInfo, int scope) implements SockAddr {
    @Override
    public int family() {
      return AF_INET6;
    }
  }

  /** A local socket: a path, a name in the abstract space that begins with 0, or empty. */
  record Unix(byte[] path) implements SockAddr {
    @Override
    public int family() {
      return AF_UNIX;
    }
  }

  record Netlink(int pid, int groups) implements SockAddr {
    @Override
    public int family() {
      return AF_NETLINK;
    }
  }

  /** A link-level address; the protocol in host order. */
  record Packet(int index, int protocol, int packetType, int hardwareType, byte[] address)
      implements SockAddr {
    @Override
    public int family() {
      return AF_PACKET;
    }
  }

  record Vsock(int cid, int port) implements SockAddr {
    @Override
    public int family() {
      return AF_VSOCK;
    }
  }

  /** Any other family: the bytes behind the family. */
  record Other(int family, byte[] data) implements SockAddr {}

  /** Puts the address at an offset with SIZEOF_STORAGE cleared bytes and gives its length. */
  static int encode(Scratch s, int at, SockAddr address) {
    s.putShort(at, address.family());
    switch (address) {
      case Inet a -> {
        port(s, at + 2, a.port());
        bytes(s, at + 4, a.address(), 4);
        return 16;
      }
      case Inet6 a -> {
        port(s, at + 2, a.port());
        s.putInt(at + 4, Integer.reverseBytes(a.flowInfo()));
        bytes(s, at + 8, a.address(), 16);
        s.putInt(at + 24, a.scope());
        return 28;
      }
      case Unix a -> {
        byte[] path = a.path();
        boolean named = path.length > 0 && path[0] != 0;
        if (path.length + (named ? 1 : 0) > UNIX_PATH) {
          throw new HostException(Errno.ENAMETOOLONG, "AF_UNIX path");
        }
        bytes(s, at + 2, path, path.length);
        return 2 + path.length + (named ? 1 : 0);
      }
      case Netlink a -> {
        s.putInt(at + 4, a.pid());
        s.putInt(at + 8, a.groups());
        return 12;
      }
      case Packet a -> {
        port(s, at + 2, a.protocol());
        s.putInt(at + 4, a.index());
        s.putShort(at + 8, a.hardwareType());
        s.putByte(at + 10, a.packetType());
        s.putByte(at + 11, a.address().length);
        if (a.address().length > 8) {
          throw new HostException(Errno.EINVAL, "AF_PACKET address");
        }
        bytes(s, at + 12, a.address(), a.address().length);
        return 20;
      }
      case Vsock a -> {
        s.putInt(at + 4, a.port());
        s.putInt(at + 8, a.cid());
        return 16;
      }
      case Other a -> {
        if (a.data().length > SIZEOF_STORAGE - 2) {
          throw new HostException(Errno.EINVAL, "sockaddr");
        }
        bytes(s, at + 2, a.data(), a.data().length);
        return 2 + a.data().length;
      }
    }
  }

  private static void port(Scratch s, int at, int port) {
    s.putByte(at, port >> 8);
    s.putByte(at + 1, port);
  }

  private static int port(byte[] raw, int at) {
    return (raw[at] & 0xff) << 8 | (raw[at + 1] & 0xff);
  }

  private static void bytes(Scratch s, int at, byte[] from, int length) {
    if (from.length != length) {
      throw new HostException(Errno.EINVAL, "sockaddr");
    }
    for (int i = 0; i < length; i++) {
      s.putByte(at + i, from[i]);
    }
  }

  private static int littleInt(byte[] raw, int at) {
    return (raw[at] & 0xff)
        | (raw[at + 1] & 0xff) << 8
        | (raw[at + 2] & 0xff) << 16
        | (raw[at + 3] & 0xff) << 24;
  }

  /** The address in these bytes, as the kernel gave them; nothing at all is an unnamed one. */
  static SockAddr decode(byte[] raw) {
    if (raw.length < 2) {
      return new Other(AF_UNSPEC, new byte[0]);
    }
    int family = (raw[0] & 0xff) | (raw[1] & 0xff) << 8;
    if (family == AF_INET && raw.length >= 8) {
      return new Inet(Arrays.copyOfRange(raw, 4, 8), port(raw, 2));
    }
    if (family == AF_INET6 && raw.length >= 28) {
      return new Inet6(
          Arrays.copyOfRange(raw, 8, 24),
          port(raw, 2),
          Integer.reverseBytes(littleInt(raw, 4)),
          littleInt(raw, 24));
    }
    if (family == AF_UNIX) {
      int end = raw.length;
      if (end > 2 && raw[2] != 0) {
        end = 2;
        while (end < raw.length && raw[end] != 0) {
          end++;
        }
      }
      return new Unix(Arrays.copyOfRange(raw, 2, end));
    }
    if (family == AF_NETLINK && raw.length >= 12) {
      return new Netlink(littleInt(raw, 4), littleInt(raw, 8));
    }
    if (family == AF_PACKET && raw.length >= 12) {
      int length = Math.min(raw[11] & 0xff, raw.length - 12);
      return new Packet(
          littleInt(raw, 4),
          port(raw, 2),
          raw[10] & 0xff,
          (raw[8] & 0xff) | (raw[9] & 0xff) << 8,
          Arrays.copyOfRange(raw, 12, 12 + length));
    }
    if (family == AF_VSOCK && raw.length >= 12) {
      return new Vsock(littleInt(raw, 8), littleInt(raw, 4));
    }
    return new Other(family, Arrays.copyOfRange(raw, 2, raw.length));
  }
}
