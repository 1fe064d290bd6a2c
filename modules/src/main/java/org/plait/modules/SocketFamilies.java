package org.plait.modules;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.plait.host.HostException;
import org.plait.host.net.Resolver;
import org.plait.host.net.SockAddr;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * Addresses of Linux's other socket families: netlink, packet, vsock, CAN, TIPC, the kernel's
 * ciphers, QIPCRTR. Whether the kernel has a family shows when a socket of it is made.
 */
final class SocketFamilies {
  static final int AF_RDS = 21;

  private static final int AF_CAN = 29;
  private static final int AF_TIPC = 30;
  private static final int AF_ALG = 38;
  private static final int AF_QIPCRTR = 42;

  private static final int CAN_ISOTP = 6;
  private static final int CAN_J1939 = 7;

  private static final int SIZEOF_CAN = 24;
  private static final int SIZEOF_TIPC = 16;
  private static final int SIZEOF_ALG = 88;
  private static final int SIZEOF_QIPCRTR = 12;

  private static final int ALG_TYPE = 14;
  private static final int ALG_NAME = 64;

  private SocketFamilies() {}

  /** An address structure of so many bytes behind its family, which {@code SockAddr} puts. */
  private static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  private static SockAddr done(int family, ByteBuffer b) {
    return new SockAddr.Other(family, Arrays.copyOfRange(b.array(), 2, b.capacity()));
  }

  private static int u32(PyObject o) {
    return (int) PyNumbers.asLong(o, Exceptions.OverflowError);
  }

  static byte[] bytes(long n) {
    return room(8).putLong(n).array();
  }

  static long long_(byte[] b) {
    return ByteBuffer.wrap(Arrays.copyOf(b, 8)).order(ByteOrder.nativeOrder()).getLong();
  }

  static SockAddr of(int family, int protocol, PyObject address, String function) {
    return switch (family) {
      case SockAddr.AF_NETLINK -> {
        PyTuple t = SocketAddresses.tuple("AF_NETLINK", address, function);
        if (t.size() != 2) {
          throw Errors.typeError("AF_NETLINK address must be a pair (pid, groups)");
        }
        yield new SockAddr.Netlink(u32(t.get(0)), u32(t.get(1)));
      }
      case SockAddr.AF_VSOCK -> {
        if (!(address instanceof PyTuple t)) {
          throw Errors.typeError(
              "getsockaddrarg: AF_VSOCK address must be tuple, not " + address.type().name());
        }
        if (t.size() != 2) {
          throw Errors.typeError(
              "getsockaddrarg() takes exactly 2 arguments (" + t.size() + " given)");
        }
        yield new SockAddr.Vsock(u32(t.get(0)), u32(t.get(1)));
      }
      case SockAddr.AF_PACKET -> packet(address, function);
      case AF_CAN -> can(protocol, address, function);
      case AF_TIPC -> tipc(SocketAddresses.tuple("AF_TIPC", address, function));
      case AF_ALG -> alg(SocketAddresses.tuple("AF_ALG", address, function));
      case AF_QIPCRTR -> {
        PyTuple t = SocketAddresses.tuple("AF_QIPCRTR", address, function);
        if (t.size() != 2) {
          throw Errors.typeError("AF_QIPCRTR address must be a pair (node, port)");
        }
        ByteBuffer b = room(SIZEOF_QIPCRTR);
        b.putInt(4, u32(t.get(0))).putInt(8, u32(t.get(1)));
        yield done(family, b);
      }
      default -> throw Errors.of(Exceptions.OSError, function + "(): bad family");
    };
  }

  private static SockAddr packet(PyObject address, String function) {
    PyTuple t = SocketAddresses.tuple("AF_PACKET", address, function);
    int n = t.size();
    if (n < 2 || n > 5) {
      throw Errors.typeError("AF_PACKET address must be a tuple of two to five elements");
    }
    int protocol = ArgumentConverters.toInt(t.get(1));
    int packetType = n > 2 ? ArgumentConverters.toInt(t.get(2)) : 0;
    int hardwareType = n > 3 ? ArgumentConverters.toInt(t.get(3)) : 0;
    byte[] hardware = n > 4 ? PyBuffers.toBytes(t.get(4)) : new byte[0];
    if (hardware.length > 8) {
      throw Errors.valueError("Hardware address must be 8 bytes or less");
    }
    if (protocol < 0 || protocol > 0xffff) {
      throw Errors.overflowError(function + "(): proto must be 0-65535.");
    }
    return new SockAddr.Packet(
        interfaceIndex(t.get(0)), protocol, packetType, hardwareType, hardware);
  }

  private static int interfaceIndex(PyObject name) {
    byte[] b = FsPaths.toBytes(name);
    return b.length == 0 ? 0 : Resolver.interfaceIndex(b);
  }

  /** The name of a network interface; empty when there is none with this number. */
  static PyObject interfaceName(int index) {
    try {
      return index == 0 ? Py.EmptyStr : FsPaths.decode(Resolver.interfaceName(index));
    } catch (HostException e) {
      return Py.EmptyStr;
    }
  }

  private static SockAddr can(int protocol, PyObject address, String function) {
    PyTuple t = SocketAddresses.tuple("AF_CAN", address, function);
    int wanted = protocol == CAN_ISOTP ? 3 : protocol == CAN_J1939 ? 4 : 1;
    if (t.size() != wanted) {
      throw Errors.typeError(
          switch (wanted) {
            case 3 -> "AF_CAN address must be a tuple (interface, rx_addr, tx_addr)";
            case 4 -> "AF_CAN address must be a tuple (interface, name, pgn, addr)";
            default -> "AF_CAN address must be a tuple (interface, )";
          });
    }
    ByteBuffer b = room(SIZEOF_CAN);
    b.putInt(4, interfaceIndex(t.get(0)));
    if (wanted == 3) {
      b.putInt(8, u32(t.get(1))).putInt(12, u32(t.get(2)));
    } else if (wanted == 4) {
      b.putLong(8, PyNumbers.index(t.get(1)).bigValue().longValue());
      b.putInt(16, u32(t.get(2))).put(20, (byte) u32(t.get(3)));
    }
    return done(AF_CAN, b);
  }

  private static SockAddr tipc(PyTuple t) {
    if (t.size() < 4 || t.size() > 5) {
      throw Errors.typeError("AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])");
    }
    ByteBuffer b = room(SIZEOF_TIPC);
    b.put(2, (byte) u32(t.get(0))).put(3, (byte) (t.size() > 4 ? u32(t.get(4)) : 2));
    for (int i = 0; i < 3; i++) {
      b.putInt(4 + 4 * i, u32(t.get(1 + i)));
    }
    return done(AF_TIPC, b);
  }

  private static SockAddr alg(PyTuple t) {
    if (t.size() < 2 || t.size() > 4) {
      throw Errors.typeError("AF_ALG address must be a tuple (type, name[, feat[, mask]])");
    }
    byte[] type = ascii(t.get(0));
    byte[] name = ascii(t.get(1));
    if (type.length >= ALG_TYPE) {
      throw Errors.valueError("AF_ALG type too long.");
    }
    if (name.length >= ALG_NAME) {
      throw Errors.valueError("AF_ALG name too long.");
    }
    ByteBuffer b = room(SIZEOF_ALG);
    b.put(2, type).put(24, name);
    b.putInt(16, t.size() > 2 ? u32(t.get(2)) : 0).putInt(20, t.size() > 3 ? u32(t.get(3)) : 0);
    return done(AF_ALG, b);
  }

  private static byte[] ascii(PyObject o) {
    return o instanceof PyStr s ? FsPaths.encode(s) : PyBuffers.toBytes(o);
  }

  // Compare CPython makesockaddr in socketmodule.c.
  static PyObject toPython(SockAddr.Other o) {
    ByteBuffer b = ByteBuffer.allocate(SockAddr.SIZEOF_STORAGE).order(ByteOrder.nativeOrder());
    b.put(2, o.data(), 0, Math.min(o.data().length, SockAddr.SIZEOF_STORAGE - 2));
    return switch (o.family()) {
      case SockAddr.AF_UNSPEC -> Py.None;
      case AF_CAN -> Py.tuple(interfaceName(b.getInt(4)));
      case AF_TIPC ->
          Py.tuple(
              Py.int_(b.get(2)),
              Py.int_(Integer.toUnsignedLong(b.getInt(4))),
              Py.int_(Integer.toUnsignedLong(b.getInt(8))),
              Py.int_(Integer.toUnsignedLong(b.getInt(12))),
              Py.int_(b.get(3)));
      case AF_QIPCRTR ->
          Py.tuple(
              Py.int_(Integer.toUnsignedLong(b.getInt(4))),
              Py.int_(Integer.toUnsignedLong(b.getInt(8))));
      default -> Py.tuple(Py.int_(o.family()), Py.bytes(o.data()));
    };
  }
}
