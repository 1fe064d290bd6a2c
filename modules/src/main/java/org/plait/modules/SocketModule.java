package org.plait.modules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Native;
import org.plait.host.file.Fd;
import org.plait.host.net.ResolveException;
import org.plait.host.net.Resolver;
import org.plait.host.net.SockAddr;
import org.plait.host.net.Sockets;
import org.plait.host.process.SysInfo;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.ConstantTable;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _socket}. */
@PyModuleDef(name = "_socket", hostErrors = true)
public final class SocketModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SocketModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    // Who uses sockets calls the C library soon.
    Native.preload();
    ConstantTable.add(m, SocketConstants.NUMBERS);
    m.add("socket", PySocket.TYPE);
    m.add("SocketType", PySocket.TYPE);
    m.add("error", Exceptions.OSError);
    m.add("timeout", Exceptions.TimeoutError);
    m.add("gaierror", SocketAddresses.GAIERROR);
    m.add("herror", SocketAddresses.HERROR);
    m.add("has_ipv6", Py.True);
  }

  @PyFunction(sig = "(fd, /)")
  static void close(int fd) {
    Fd.close(fd);
  }

  @PyFunction(sig = "(fd, /)")
  static int dup(int fd) {
    return Fd.dup(fd, false);
  }

  @PyFunction(sig = "(family=1, type=1, proto=0, /)")
  static PyObject socketpair(int family, int type, int proto) {
    int[] fds = Sockets.socketpair(family, type | Sockets.SOCK_CLOEXEC, proto);
    PyObject[] pair = new PyObject[2];
    for (int i = 0; i < 2; i++) {
      pair[i] = PySocket.of(family, type, proto, fds[i]);
    }
    return PyTuple.of(pair);
  }

  @PyFunction(sig = "()")
  static PyObject getdefaulttimeout() {
    long t = PySocket.defaultTimeout;
    return t < 0 ? Py.None : Py.float_(t / 1e9);
  }

  @PyFunction(sig = "(timeout, /)")
  static void setdefaulttimeout(PyObject timeout) {
    PySocket.defaultTimeout = PySocket.nanos(timeout);
  }

  // ---- names

  @PyFunction(sig = "()")
  static PyObject gethostname() {
    Audit.raise("socket.gethostname");
    return FsPaths.decode(SysInfo.hostname());
  }

  @PyFunction(sig = "(name, /)")
  static void sethostname(PyObject name) {
    byte[] bytes = name instanceof PyBytes b ? b.toByteArray() : FsPaths.toBytes(name);
    if (Audit.isUsed()) {
      Audit.raise("socket.sethostname", Py.bytes(bytes));
    }
    SysInfo.setHostname(bytes);
  }

  @PyFunction(sig = "(host, port, family=0, type=0, proto=0, flags=0)")
  static PyObject getaddrinfo(
      PyObject host, PyObject port, int family, int type, int proto, int flags) {
    byte[] name;
    if (host == Py.None) {
      name = null;
    } else if (host instanceof PyStr t) {
      name = SocketAddresses.idna(t);
    } else if (host instanceof PyBytes b) {
      name = b.toByteArray();
    } else {
      throw Errors.typeError("getaddrinfo() argument 1 must be string or None");
    }
    byte[] service;
    if (port == Py.None) {
      service = null;
    } else if (PyNumbers.isIndex(port)) {
      service = PyNumbers.index(port).bigValue().toString().getBytes(StandardCharsets.US_ASCII);
    } else if (port instanceof PyStr t) {
      service = PyCodecs.encode(t, "utf-8", null).toByteArray();
    } else if (port instanceof PyBytes b) {
      service = b.toByteArray();
    } else {
      throw Errors.of(Exceptions.OSError, "Int or String expected");
    }
    if (Audit.isUsed()) {
      Audit.raise("socket.getaddrinfo", host, port, Py.int_(family), Py.int_(type), Py.int_(proto));
    }
    List<PyObject> all = new ArrayList<>();
    for (Resolver.AddrInfo i :
        SocketAddresses.resolve(new Resolver.Query(name, service, family, type, proto, flags))) {
      byte[] canonical = i.canonicalName();
      all.add(
          Py.tuple(
              Py.int_(i.family()),
              Py.int_(i.type()),
              Py.int_(i.protocol()),
              canonical == null ? Py.EmptyStr : SocketAddresses.text(canonical),
              SocketAddresses.toPython(i.address())));
    }
    return Py.list(all);
  }

  @PyFunction(sig = "(host, /)")
  static PyObject gethostbyname(PyObject host) {
    byte[] name = SocketAddresses.host(host, "gethostbyname() argument 1");
    Audit.raise("socket.gethostbyname", host);
    return SocketAddresses.text(
        Resolver.inetNtop(SockAddr.AF_INET, SocketAddresses.numeric(SockAddr.AF_INET, name)));
  }

  private static PyObject host(Resolver.Host h) {
    List<PyObject> aliases = new ArrayList<>();
    h.aliases().forEach(a -> aliases.add(SocketAddresses.text(a)));
    List<PyObject> addresses = new ArrayList<>();
    h.addresses()
        .forEach(a -> addresses.add(SocketAddresses.text(Resolver.inetNtop(h.family(), a))));
    return Py.tuple(SocketAddresses.text(h.name()), Py.list(aliases), Py.list(addresses));
  }

  @PyFunction(name = "gethostbyname_ex", sig = "(host, /)")
  static PyObject gethostbynameEx(PyObject host) {
    byte[] name = SocketAddresses.host(host, "gethostbyname_ex() argument 1");
    Audit.raise("socket.gethostbyname", host);
    try {
      return host(Waits.result(Resolver.gethostbyname(name)));
    } catch (ResolveException e) {
      throw SocketAddresses.error(e);
    }
  }

  @PyFunction(sig = "(ip_address, /)")
  static PyObject gethostbyaddr(PyObject ip) {
    byte[] name = SocketAddresses.host(ip, "gethostbyaddr() argument 1");
    Audit.raise("socket.gethostbyaddr", ip);
    try {
      SockAddr a =
          SocketAddresses.resolve(new Resolver.Query(name, null, 0, 0, 0, 0)).getFirst().address();
      byte[] raw = a instanceof SockAddr.Inet i ? i.address() : ((SockAddr.Inet6) a).address();
      return host(Waits.result(Resolver.gethostbyaddr(raw, a.family())));
    } catch (ResolveException e) {
      throw Errors.of(
          SocketAddresses.HERROR, Py.int_(e.code()), PyStr.of(String.valueOf(e.getMessage())));
    }
  }

  @PyFunction(sig = "(sockaddr, flags, /)")
  static PyObject getnameinfo(PyTuple sockaddr, int flags) {
    int n = sockaddr.size();
    if (n < 2 || n > 4 || !(sockaddr.get(0) instanceof PyStr host)) {
      throw Errors.typeError("getnameinfo(): illegal sockaddr argument");
    }
    long port = PyNumbers.asLong(sockaddr.get(1), Exceptions.OverflowError);
    long flow = n > 2 ? PyNumbers.asLong(sockaddr.get(2), Exceptions.OverflowError) : 0;
    long scope = n > 3 ? PyNumbers.asLong(sockaddr.get(3), Exceptions.OverflowError) : 0;
    if (flow < 0 || flow > 0xfffff) {
      throw Errors.overflowError("getnameinfo(): flowinfo must be 0-1048575.");
    }
    Audit.raise("socket.getnameinfo", sockaddr);
    List<Resolver.AddrInfo> found =
        SocketAddresses.resolve(
            new Resolver.Query(
                PyCodecs.encode(host, "utf-8", null).toByteArray(),
                Long.toString(port).getBytes(StandardCharsets.US_ASCII),
                0,
                Sockets.SOCK_DGRAM,
                0,
                Resolver.AI_NUMERICHOST));
    if (found.size() > 1) {
      throw Errors.of(Exceptions.OSError, "sockaddr resolved to multiple addresses");
    }
    SockAddr a = found.getFirst().address();
    if (a instanceof SockAddr.Inet6 i) {
      a = new SockAddr.Inet6(i.address(), i.port(), (int) flow, (int) scope);
    } else if (n != 2) {
      throw Errors.of(Exceptions.OSError, "IPv4 sockaddr must be 2 tuple");
    }
    try {
      byte[][] both = Waits.result(Resolver.getnameinfo(a, flags));
      return Py.tuple(SocketAddresses.text(both[0]), SocketAddresses.text(both[1]));
    } catch (ResolveException e) {
      throw SocketAddresses.error(e);
    }
  }

  private static byte @Nullable [] protocol(@Nullable String name) {
    return name == null ? null : name.getBytes(StandardCharsets.US_ASCII);
  }

  @PyFunction(sig = "!(servicename, protocolname=NULL, /)")
  static int getservbyname(String service, @Nullable String protocol) {
    if (Audit.isUsed()) {
      Audit.raise("socket.getservbyname", Py.str(service), Py.strOrNone(protocol));
    }
    Integer port =
        Waits.result(
            Resolver.getservbyname(
                service.getBytes(StandardCharsets.US_ASCII), protocol(protocol)));
    if (port == null || port < 0) {
      throw Errors.of(Exceptions.OSError, "service/proto not found");
    }
    return port;
  }

  @PyFunction(sig = "!(port, protocolname=NULL, /)")
  static PyObject getservbyport(int port, @Nullable String protocol) {
    if (port < 0 || port > 0xffff) {
      throw Errors.overflowError("getservbyport: port must be 0-65535.");
    }
    if (Audit.isUsed()) {
      Audit.raise("socket.getservbyport", Py.int_(port), Py.strOrNone(protocol));
    }
    byte[] name = Waits.result(Resolver.getservbyport(port, protocol(protocol)));
    if (name == null) {
      throw Errors.of(Exceptions.OSError, "port/proto not found");
    }
    return SocketAddresses.text(name);
  }

  @PyFunction(sig = "(name, /)")
  static int getprotobyname(String name) {
    Integer n = Waits.result(Resolver.getprotobyname(name.getBytes(StandardCharsets.US_ASCII)));
    if (n == null || n < 0) {
      throw Errors.of(Exceptions.OSError, "protocol not found");
    }
    return n;
  }

  // ---- bytes

  @PyFunction(sig = "(integer, /)")
  static int htons(PyObject n) {
    return swap16(n);
  }

  @PyFunction(sig = "(integer, /)")
  static int ntohs(PyObject n) {
    return swap16(n);
  }

  private static int swap16(PyObject o) {
    int n = (int) unsigned(o, 0xffff, "uint16_t");
    return (n & 0xff) << 8 | n >> 8;
  }

  @PyFunction(sig = "(integer, /)")
  static long htonl(PyObject n) {
    return swap32(n);
  }

  @PyFunction(sig = "(integer, /)")
  static long ntohl(PyObject n) {
    return swap32(n);
  }

  private static long swap32(PyObject o) {
    return Integer.reverseBytes((int) unsigned(o, 0xffffffffL, "uint32_t")) & 0xffffffffL;
  }

  /** An integer for an unsigned C type. */
  private static long unsigned(PyObject o, long max, String type) {
    PyInt i = PyNumbers.index(o);
    if (i.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (!i.isLong() || i.longValue() > max) {
      throw Errors.overflowError("Python int too large for C " + type);
    }
    return i.longValue();
  }

  @PyFunction(name = "inet_aton", sig = "(ip_addr, /)")
  static PyObject inetAton(String text) {
    byte[] b = Resolver.inetAton(text.getBytes(StandardCharsets.ISO_8859_1));
    if (b == null) {
      throw Errors.of(Exceptions.OSError, "illegal IP address string passed to inet_aton");
    }
    return Py.bytes(b);
  }

  @PyFunction(name = "inet_ntoa", sig = "(packed_ip, /)")
  static PyObject inetNtoa(PyObject packed) {
    byte[] b = PyBuffers.toBytes(packed);
    if (b.length != 4) {
      throw Errors.of(Exceptions.OSError, "packed IP wrong length");
    }
    return SocketAddresses.text(Resolver.inetNtop(SockAddr.AF_INET, b));
  }

  @PyFunction(name = "inet_pton", sig = "(address_family, ip_string, /)")
  static PyObject inetPton(int family, String text) {
    byte[] b = Resolver.inetPton(family, text.getBytes(StandardCharsets.ISO_8859_1));
    if (b == null) {
      throw Errors.of(Exceptions.OSError, "illegal IP address string passed to inet_pton");
    }
    return Py.bytes(b);
  }

  @PyFunction(name = "inet_ntop", sig = "(address_family, packed_ip, /)")
  static PyObject inetNtop(int family, PyObject packed) {
    byte[] b = PyBuffers.toBytes(packed);
    int wanted = family == SockAddr.AF_INET ? 4 : family == SockAddr.AF_INET6 ? 16 : -1;
    if (wanted < 0) {
      throw Errors.valueError("unknown address family " + family);
    }
    if (b.length != wanted) {
      throw Errors.valueError("invalid length of packed IP address string");
    }
    return SocketAddresses.text(Resolver.inetNtop(family, b));
  }

  @PyFunction(name = "if_nameindex", sig = "()")
  static PyObject ifNameindex() {
    List<PyObject> all = new ArrayList<>();
    for (Resolver.Interface i : Resolver.interfaces()) {
      all.add(Py.tuple(Py.int_(i.index()), FsPaths.decode(i.name())));
    }
    return Py.list(all);
  }

  @PyFunction(name = "if_nametoindex", sig = "(oname, /)")
  static int ifNametoindex(PyObject name) {
    return Resolver.interfaceIndex(FsPaths.toBytes(name));
  }

  @PyFunction(name = "if_indextoname", sig = "(if_index, /)")
  static PyObject ifIndextoname(PyObject index) {
    return FsPaths.decode(
        Resolver.interfaceName((int) unsigned(index, 0xffffffffL, "unsigned int")));
  }

  @PyFunction(name = "CMSG_LEN", sig = "(length, /)")
  static int cmsgLen(int length) {
    if (length < 0 || length > Integer.MAX_VALUE - Sockets.cmsgLen(0)) {
      throw Errors.overflowError("CMSG_LEN() argument out of range");
    }
    return Sockets.cmsgLen(length);
  }

  @PyFunction(name = "CMSG_SPACE", sig = "(length, /)")
  static int cmsgSpace(int length) {
    if (length < 0 || length > Integer.MAX_VALUE - Sockets.cmsgSpace(1)) {
      throw Errors.overflowError("CMSG_SPACE() argument out of range");
    }
    return Sockets.cmsgSpace(length);
  }
}
