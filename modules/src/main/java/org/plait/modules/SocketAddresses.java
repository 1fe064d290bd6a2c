package org.plait.modules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.plait.host.HostException;
import org.plait.host.net.ResolveException;
import org.plait.host.net.Resolver;
import org.plait.host.net.SockAddr;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Socket addresses between Python's tuples and the system. */
final class SocketAddresses {
  private SocketAddresses() {}

  /** {@code socket.gaierror}. */
  static final PyType GAIERROR = exception("gaierror");

  /** {@code socket.herror}. */
  static final PyType HERROR = exception("herror");

  private static PyType exception(String name) {
    org.plait.runtime.types.PyDict d = new org.plait.runtime.types.PyDict();
    d.putStr("__module__", PyStr.of("socket"));
    return ((PyType) PyType.TYPE.call3(PyStr.of(name), Py.tuple(Exceptions.OSError), d)).shared();
  }

  /** The Python exception for a name that can't be resolved. */
  static PyException error(ResolveException e) {
    return Errors.of(GAIERROR, Py.int_(e.code()), PyStr.of(String.valueOf(e.getMessage())));
  }

  static List<Resolver.AddrInfo> resolve(Resolver.Query q) {
    try {
      List<Resolver.AddrInfo> known = Resolver.tryNumeric(q);
      return known != null ? known : Waits.result(Resolver.getaddrinfo(q));
    } catch (ResolveException e) {
      throw error(e);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  /** A host name as the resolver takes it. */
  static byte[] idna(PyStr s) {
    String text = s.toString();
    return text.chars().allMatch(c -> c < 128)
        ? text.getBytes(StandardCharsets.US_ASCII)
        : PyCodecs.encode(s, "idna", null).toByteArray();
  }

  /**
   * The name or address of a host.
   *
   * @param what the argument that errors name
   */
  static byte[] host(PyObject o, String what) {
    byte[] name;
    if (o instanceof PyStr s) {
      name = idna(s);
    } else if (o instanceof PyBytes || o instanceof PyByteArray) {
      name = PyBuffers.toBytes(o);
    } else {
      throw Errors.typeError(what + " must be str, bytes or bytearray, not " + o.type().name());
    }
    for (byte b : name) {
      if (b == 0) {
        throw Errors.typeError(
            what + " must be encoded string without null bytes, not " + o.type().name());
      }
    }
    return name;
  }

  private static int port(PyObject o, String function) {
    long n = PyNumbers.asLong(o, null);
    if (n < 0 || n > 0xffff) {
      throw Errors.overflowError(function + "(): port must be 0-65535.");
    }
    return (int) n;
  }

  /**
   * The address that a program means.
   *
   * @param protocol of the socket, which decides over the form of CAN addresses
   * @param function the name in errors
   */
  // Compare CPython getsockaddrarg in socketmodule.c.
  static SockAddr of(int family, int protocol, PyObject address, String function) {
    switch (family) {
      case SockAddr.AF_UNIX -> {
        byte[] path = address instanceof PyStr s ? FsPaths.encode(s) : PyBuffers.toBytes(address);
        boolean named = path.length > 0 && path[0] != 0;
        if (path.length + (named ? 1 : 0) > SockAddr.UNIX_PATH) {
          throw Errors.of(Exceptions.OSError, "AF_UNIX path too long");
        }
        return new SockAddr.Unix(path);
      }
      case SockAddr.AF_INET, SocketFamilies.AF_RDS -> {
        PyTuple t = tuple(family == SockAddr.AF_INET ? "AF_INET" : "AF_RDS", address, function);
        if (t.size() != 2) {
          throw Errors.typeError("AF_INET address must be a pair (host, port)");
        }
        byte[] raw = numeric(SockAddr.AF_INET, host(t.get(0), function + "() argument 1"));
        return new SockAddr.Inet(raw, port(t.get(1), function));
      }
      case SockAddr.AF_INET6 -> {
        PyTuple t = tuple("AF_INET6", address, function);
        if (t.size() < 2 || t.size() > 4) {
          throw Errors.typeError(
              "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
        }
        byte[] raw = numeric(family, host(t.get(0), function + "() argument 1"));
        int port = port(t.get(1), function);
        long flow = t.size() > 2 ? PyNumbers.asLong(t.get(2), null) : 0;
        if (flow < 0 || flow > 0xfffff) {
          throw Errors.overflowError(function + "(): flowinfo must be 0-1048575.");
        }
        int scope = t.size() > 3 ? (int) PyNumbers.asLong(t.get(3), Exceptions.OverflowError) : 0;
        return new SockAddr.Inet6(raw, port, (int) flow, scope);
      }
      default -> {
        return SocketFamilies.of(family, protocol, address, function);
      }
    }
  }

  static PyTuple tuple(String family, PyObject address, String function) {
    if (address instanceof PyTuple t) {
      return t;
    }
    throw Errors.typeError(
        function + "(): " + family + " address must be tuple, not " + address.type().name());
  }

  /** The bytes of a host's first address; "" is any, "&lt;broadcast&gt;" all. */
  static byte[] numeric(int family, byte[] host) {
    if (host.length == 0) {
      return new byte[family == SockAddr.AF_INET ? 4 : 16];
    }
    if (new String(host, StandardCharsets.US_ASCII).equals("<broadcast>")) {
      return new byte[] {-1, -1, -1, -1};
    }
    SockAddr a = resolve(new Resolver.Query(host, null, family, 0, 0, 0)).getFirst().address();
    return a instanceof SockAddr.Inet i ? i.address() : ((SockAddr.Inet6) a).address();
  }

  static PyObject text(byte[] ascii) {
    return PyStr.of(new String(ascii, StandardCharsets.US_ASCII));
  }

  // Compare CPython makesockaddr in socketmodule.c.
  static PyObject toPython(SockAddr a) {
    return switch (a) {
      case SockAddr.Inet i ->
          Py.tuple(text(Resolver.inetNtop(SockAddr.AF_INET, i.address())), Py.int_(i.port()));
      case SockAddr.Inet6 i ->
          Py.tuple(
              text(Resolver.inetNtop(SockAddr.AF_INET6, i.address())),
              Py.int_(i.port()),
              Py.int_(i.flowInfo()),
              Py.int_(i.scope()));
      case SockAddr.Unix u ->
          u.path().length > 0 && u.path()[0] == 0 ? Py.bytes(u.path()) : FsPaths.decode(u.path());
      case SockAddr.Netlink n -> Py.tuple(Py.int_(n.pid()), Py.int_(n.groups()));
      case SockAddr.Vsock v -> Py.tuple(Py.int_(v.cid()), Py.int_(v.port()));
      case SockAddr.Packet p ->
          Py.tuple(
              SocketFamilies.interfaceName(p.index()),
              Py.int_(p.protocol()),
              Py.int_(p.packetType()),
              Py.int_(p.hardwareType()),
              Py.bytes(p.address()));
      case SockAddr.Other o -> SocketFamilies.toPython(o);
    };
  }
}
