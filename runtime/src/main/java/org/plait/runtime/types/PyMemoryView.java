package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.Exports;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/**
 * {@code memoryview}: a view of the memory another object exports.
 *
 * <p>Views made of one another share a {@link Managed} buffer, which is given back when the last of
 * them is released. {@link #view} never changes; {@link #released} is set once. A view that is used
 * while another thread releases it may still touch the memory, which Java keeps alive; native
 * memory is guarded by its segment.
 */
@PyTypeDef(
    name = "memoryview",
    flags = {TypeFlag.SEQUENCE, TypeFlag.WEAKREF},
    sig = "(object)",
    doc = "A view of the memory of another object, which shares it.")
public final class PyMemoryView extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyMemoryViewTable.INSTANCE);

  private static final int MAX_DIMENSIONS = 64;

  /** The buffer that views share, and how many of them are not released. */
  private static final class Managed {
    final Buffer buffer;
    private int views;

    Managed(Buffer buffer) {
      this.buffer = buffer;
    }

    synchronized void retain() {
      views++;
    }

    void release() {
      boolean last;
      synchronized (this) {
        last = --views == 0;
      }
      if (last) {
        buffer.close();
      }
    }
  }

  private final Managed managed;

  /** What this view shows; its memory is that of the managed buffer. */
  private final Buffer view;

  private final Exports exports = new Exports();
  private volatile boolean released;
  private volatile long hash = -1;

  private PyMemoryView(Managed managed, Buffer view) {
    this.managed = managed;
    this.view = view;
    managed.retain();
  }

  /** A view of a buffer, which it closes when it is released. */
  public static PyMemoryView of(Buffer buffer) {
    return new PyMemoryView(new Managed(buffer), buffer);
  }

  /** Equivalent of CPython's {@code PyMemoryView_FromObject}. */
  public static PyMemoryView from(PyObject o) {
    return from(o, PyBuffers.FULL_RO);
  }

  private static PyMemoryView from(PyObject o, int flags) {
    if (o instanceof PyMemoryView m) {
      m.buffer();
      return new PyMemoryView(m.managed, m.view);
    }
    if (!PyBuffers.isBuffer(o)) {
      throw Errors.typeError(
          "memoryview: a bytes-like object is required, not '" + o.type().name() + "'");
    }
    return of(PyBuffers.get(o, flags));
  }

  @PyNew(sig = "(object)")
  static PyObject new_(PyType cls, PyObject object) {
    return from(object);
  }

  @PyClassMethod(name = "_from_flags", sig = "(object, flags)")
  static PyObject fromFlags(PyType cls, PyObject object, int flags) {
    return from(object, flags);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The object whose memory this is. */
  public @Nullable PyObject exporter() {
    if (released) {
      throw Errors.valueError("memoryview's buffer has already been released");
    }
    return managed.buffer.obj;
  }

  /** The buffer behind it; ValueError when released. */
  public Buffer buffer() {
    if (released || managed.buffer.isClosed()) {
      throw Errors.valueError("operation forbidden on released memoryview object");
    }
    return view;
  }

  private PyMemoryView derive(
      long offset, boolean readonly, String format, int itemsize, long[] shape, long[] strides) {
    Buffer b = view;
    return new PyMemoryView(
        managed,
        new Buffer(
            b.obj, null, b.array, b.segment, offset, readonly, format, itemsize, shape, strides));
  }

  // ---- being a buffer

  // Compare CPython memory_getbuf in memoryobject.c.
  @Override
  public Buffer getBuffer(int flags) {
    Buffer b = buffer();
    if (has(flags, PyBuffers.WRITABLE) && b.readonly) {
      throw Errors.bufferError("memoryview: underlying buffer is not writable");
    }
    if (has(flags, PyBuffers.C_CONTIGUOUS) && !b.isCContiguous()) {
      throw notC();
    }
    if (has(flags, PyBuffers.F_CONTIGUOUS) && !b.isFContiguous()) {
      throw Errors.bufferError("memoryview: underlying buffer is not Fortran contiguous");
    }
    if (has(flags, PyBuffers.ANY_CONTIGUOUS) && !b.isCContiguous() && !b.isFContiguous()) {
      throw Errors.bufferError("memoryview: underlying buffer is not contiguous");
    }
    if (!has(flags, PyBuffers.STRIDES) && !b.isCContiguous()) {
      throw notC();
    }
    boolean format = has(flags, PyBuffers.FORMAT);
    boolean flat = !has(flags, PyBuffers.ND);
    if (flat && format) {
      throw Errors.bufferError(
          "memoryview: cannot cast to unsigned bytes if the format flag is present");
    }
    Buffer made =
        new Buffer(
            this,
            this,
            b.array,
            b.segment,
            b.offset,
            b.readonly,
            flat ? "B" : b.format,
            flat ? 1 : b.itemsize,
            flat ? new long[] {b.length} : b.shape,
            flat ? new long[] {1} : b.strides);
    exports.add(made);
    return made;
  }

  private static boolean has(int flags, int wanted) {
    return (flags & wanted) == wanted;
  }

  private static PyException notC() {
    return Errors.bufferError("memoryview: underlying buffer is not C-contiguous");
  }

  @Override
  public void releaseBuffer(Buffer b) {
    exports.remove(b);
  }

  @PyMethod(name = "__buffer__")
  PyObject bufferSlot(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__release_buffer__")
  void releaseSlot(PyObject buffer) {
    PyBuffers.specialRelease(this, buffer);
  }

  @PyMethod(sig = "()", doc = "Gives the memory up; the view is of no use from then on.")
  public void release() {
    if (released) {
      return;
    }
    int n = exports.isEmpty() ? 0 : exports.alive();
    if (n > 0) {
      throw Errors.bufferError("memoryview has " + n + " exported buffer" + (n == 1 ? "" : "s"));
    }
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
    }
    managed.release();
  }

  @PyMethod(name = "__enter__", sig = "()")
  PyObject enter() {
    buffer();
    return this;
  }

  @PyMethod(name = "__exit__", sig = "(*exc_info)")
  void exit(PyTuple excInfo) {
    release();
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  // ---- attributes

  @PyGetter("obj")
  PyObject getObj() {
    buffer();
    return managed.buffer.obj;
  }

  @PyGetter("nbytes")
  long getNbytes() {
    return buffer().length;
  }

  @PyGetter("readonly")
  boolean getReadonly() {
    return buffer().readonly;
  }

  @PyGetter("itemsize")
  int getItemsize() {
    return buffer().itemsize;
  }

  @PyGetter("format")
  String getFormat() {
    return buffer().format;
  }

  @PyGetter("ndim")
  int getNdim() {
    return buffer().ndim();
  }

  private static PyTuple numbers(long[] a) {
    PyObject[] items = new PyObject[a.length];
    for (int i = 0; i < a.length; i++) {
      items[i] = Py.int_(a[i]);
    }
    return Py.tuple(items);
  }

  @PyGetter("shape")
  PyObject getShape() {
    return numbers(buffer().shape);
  }

  @PyGetter("strides")
  PyObject getStrides() {
    return numbers(buffer().strides);
  }

  @PyGetter("suboffsets")
  PyObject getSuboffsets() {
    buffer();
    return Py.EmptyTuple;
  }

  @PyGetter("c_contiguous")
  boolean getCContiguous() {
    return buffer().isCContiguous();
  }

  @PyGetter("f_contiguous")
  boolean getFContiguous() {
    return buffer().isFContiguous();
  }

  @PyGetter("contiguous")
  boolean getContiguous() {
    return buffer().isCContiguous() || buffer().isFContiguous();
  }

  // ---- text, comparison, hash

  @PyMethod(name = "__repr__")
  String repr() {
    return (released ? "<released memory at " : "<memory at ") + PyIdentity.address(this) + ">";
  }

  @PyMethod(name = "__hash__")
  long hashSlot() {
    long h = hash;
    if (h != -1) {
      return h;
    }
    Buffer b = buffer();
    if (!b.readonly) {
      throw Errors.valueError("cannot hash writable memoryview object");
    }
    if (!MemoryItems.isByte(MemoryItems.nativeCode(b.format))) {
      throw Errors.valueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    }
    // The hash of the object may be Python code, which must not release the view.
    try (Buffer pin = getBuffer(PyBuffers.FULL_RO)) {
      PyObjects.hash(managed.buffer.obj);
      byte[] bytes = pin.toBytes();
      h = HashSecret.ofBytes(bytes, 0, bytes.length);
    }
    hash = h;
    return h;
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    boolean yes = op == CompareOp.EQ;
    if (this == other) {
      if (!released && "efd".indexOf(MemoryItems.nativeCode(view.format)) >= 0) {
        return Py.bool_(MemoryItems.equal(view, view) == yes);
      }
      return Py.bool_(yes);
    }
    if (released || other instanceof PyMemoryView m && m.released) {
      return Py.bool_(!yes);
    }
    Buffer w;
    if (other instanceof PyMemoryView m) {
      return Py.bool_(MemoryItems.equal(buffer(), m.buffer()) == yes);
    }
    if (!PyBuffers.isBuffer(other)) {
      return Py.NotImplemented;
    }
    try {
      w = PyBuffers.get(other, PyBuffers.FULL_RO);
    } catch (PyException e) {
      return Py.NotImplemented;
    }
    try (w) {
      return Py.bool_(MemoryItems.equal(buffer(), w) == yes);
    }
  }

  // ---- subscripts

  private char code() {
    char c = MemoryItems.nativeCode(view.format);
    if (c == 0) {
      throw Errors.notImplemented("memoryview: format " + view.format + " not supported");
    }
    return c;
  }

  @PyMethod(name = "__len__")
  long len() {
    Buffer b = buffer();
    if (b.ndim() == 0) {
      throw Errors.typeError("0-dim memory has no length");
    }
    return b.shape[0];
  }

  private static long dimension(Buffer b, int d, long i) {
    long n = b.shape[d];
    long at = i < 0 ? i + n : i;
    if (at < 0 || at >= n) {
      throw Errors.indexError("index out of bounds on dimension " + (d + 1));
    }
    return at * b.strides[d];
  }

  /** The position of the item that a tuple of indices names. */
  private static long position(Buffer b, PyTuple key) {
    int n = key.size();
    if (n < b.ndim()) {
      throw Errors.notImplemented("sub-views are not implemented");
    }
    if (n > b.ndim()) {
      throw Errors.typeError(
          "cannot index " + b.ndim() + "-dimension view with " + n + "-element tuple");
    }
    long at = 0;
    for (int d = 0; d < n; d++) {
      at += dimension(b, d, PyNumbers.asIndex(key.get(d)));
    }
    return at;
  }

  private static boolean isMultiIndex(PyObject key) {
    if (!(key instanceof PyTuple t)) {
      return false;
    }
    for (PyObject x : t.array()) {
      if (!PyNumbers.isIndex(x)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMultiSlice(PyObject key) {
    if (!(key instanceof PyTuple t) || t.size() == 0) {
      return false;
    }
    for (PyObject x : t.array()) {
      if (!(x instanceof PySlice)) {
        return false;
      }
    }
    return true;
  }

  private PyMemoryView slice(PySlice s) {
    Buffer b = view;
    PySlice.Range r = s.within(b.shape[0]);
    long[] shape = b.shape.clone();
    long[] strides = b.strides.clone();
    shape[0] = r.count();
    strides[0] *= r.step();
    return derive(
        b.offset + b.strides[0] * r.start(), b.readonly, b.format, b.itemsize, shape, strides);
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    Buffer b = buffer();
    if (b.ndim() == 0) {
      if (key instanceof PyTuple t && t.size() == 0) {
        return MemoryItems.unpack(b, 0, code());
      }
      if (key == Py.Ellipsis) {
        return new PyMemoryView(managed, b);
      }
      throw Errors.typeError("invalid indexing of 0-dim memory");
    }
    if (PyNumbers.isIndex(key)) {
      long i = PyNumbers.asIndex(key);
      buffer();
      return item(b, i);
    }
    if (key instanceof PySlice s) {
      // The slice's parts may be Python code that releases this view; another one holds the memory.
      PyMemoryView hold = new PyMemoryView(managed, b);
      try {
        return slice(s);
      } finally {
        hold.release();
      }
    }
    if (isMultiIndex(key)) {
      char c = code();
      long at = position(b, (PyTuple) key);
      buffer();
      return MemoryItems.unpack(b, at, c);
    }
    if (isMultiSlice(key)) {
      throw Errors.notImplemented("multi-dimensional slicing is not implemented");
    }
    throw Errors.typeError("memoryview: invalid slice key");
  }

  private PyObject item(Buffer b, long i) {
    if (b.ndim() == 1) {
      char c = code();
      return MemoryItems.unpack(b, dimension(b, 0, i), c);
    }
    if (b.ndim() == 0) {
      throw Errors.typeError("invalid indexing of 0-dim memory");
    }
    throw Errors.notImplemented("multi-dimensional sub-views are not implemented");
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    Buffer b = buffer();
    char c = code();
    if (b.readonly) {
      throw Errors.typeError("cannot modify read-only memory");
    }
    if (b.ndim() == 0) {
      if (key == Py.Ellipsis || key instanceof PyTuple t && t.size() == 0) {
        store(b, 0, c, value);
        return;
      }
      throw Errors.typeError("invalid indexing of 0-dim memory");
    }
    if (PyNumbers.isIndex(key)) {
      if (b.ndim() > 1) {
        throw Errors.notImplemented("sub-views are not implemented");
      }
      long i = PyNumbers.asIndex(key);
      store(b, dimension(b, 0, i), c, value);
      return;
    }
    if (key instanceof PySlice s && b.ndim() == 1) {
      setSlice(s, value);
      return;
    }
    if (isMultiIndex(key)) {
      store(b, position(b, (PyTuple) key), c, value);
      return;
    }
    if (key instanceof PySlice || isMultiSlice(key)) {
      throw Errors.notImplemented(
          "memoryview slice assignments are currently restricted to ndim = 1");
    }
    throw Errors.typeError("memoryview: invalid slice key");
  }

  /** Converting the value may run code that releases this view. */
  private void store(Buffer b, long at, char c, PyObject value) {
    byte[] item = new byte[8];
    MemoryItems.pack(Buffer.ofBytes(this, null, item, 0, 8, false), 0, c, value);
    buffer();
    b.set(at, item, 0, b.itemsize);
  }

  private void setSlice(PySlice key, PyObject value) {
    try (Buffer src = PyBuffers.get(value, PyBuffers.FULL_RO)) {
      PySlice.Bounds bounds = key.unpack();
      Buffer b = buffer();
      PySlice.Range r = bounds.within(b.shape[0]);
      if (src.ndim() != 1
          || src.shape[0] != r.count()
          || src.itemsize != b.itemsize
          || !plain(src.format).equals(plain(b.format))) {
        throw Errors.valueError(
            "memoryview assignment: lvalue and rvalue have different structures");
      }
      byte[] bytes = src.toBytes();
      int size = b.itemsize;
      long step = b.strides[0] * r.step();
      long at = b.strides[0] * r.start();
      if (step == size) {
        b.set(at, bytes, 0, bytes.length);
        return;
      }
      for (int p = 0; p < bytes.length; p += size) {
        b.set(at, bytes, p, size);
        at += step;
      }
    }
  }

  private static String plain(String format) {
    return format.startsWith("@") ? format.substring(1) : format;
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    Buffer b = buffer();
    code();
    throw Errors.typeError(b.readonly ? "cannot modify read-only memory" : "cannot delete memory");
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    Buffer b = buffer();
    code();
    if (b.ndim() == 0) {
      throw Errors.typeError("invalid indexing of 0-dim memory");
    }
    if (b.ndim() != 1) {
      throw Errors.notImplemented("multi-dimensional sub-views are not implemented");
    }
    return new PyMemoryIterator(this, b.shape[0]);
  }

  /** The item for an iterator; null beyond the end. */
  @Nullable PyObject itemOrNull(long i) {
    Buffer b = buffer();
    return i < b.shape[0] ? item(b, i) : null;
  }

  @PyMethod(sig = "(value, /)", doc = "How many items equal the value.")
  long count(PyObject value) {
    PyObject it = iter();
    long n = 0;
    for (PyObject v = ((PyIterator) it).next(); v != null; v = ((PyIterator) it).next()) {
      if (PyObjects.equal(v, value)) {
        n++;
      }
    }
    return n;
  }

  @PyMethod(
      sig = "(value, start=0, stop=sys.maxsize, /)",
      doc = "Where the first item is that equals the value; ValueError if none does.")
  long index(PyObject value, PyObject start, PyObject stop) {
    long from = PySlice.indexArgument(start);
    long to = PySlice.indexArgument(stop);
    Buffer b = buffer();
    if (b.ndim() == 0) {
      throw Errors.typeError("invalid lookup on 0-dim memory");
    }
    if (b.ndim() != 1) {
      throw Errors.notImplemented("multi-dimensional lookup is not implemented");
    }
    long n = b.shape[0];
    from = from < 0 ? Math.max(from + n, 0) : from;
    to = to < 0 ? Math.max(to + n, 0) : Math.min(to, n);
    for (long i = from; i < to; i++) {
      if (PyObjects.equal(item(buffer(), i), value)) {
        return i;
      }
    }
    throw Errors.valueError("memoryview.index(x): x not found");
  }

  // ---- methods

  @PyMethod(sig = "(order='C')")
  PyObject tobytes(PyObject order) {
    Buffer b = buffer();
    boolean fortran = false;
    if (order != Py.None) {
      if (!(order instanceof PyStr s)) {
        throw Errors.typeError(
            "tobytes() argument 'order' must be str or None, not " + order.type().name());
      }
      switch (s.toString()) {
        case "C" -> {}
        case "F" -> fortran = true;
        case "A" -> fortran = !b.isCContiguous() && b.isFContiguous();
        default -> throw Errors.valueError("order must be 'C', 'F' or 'A'");
      }
    }
    return PyBytes.of(b.toBytes(fortran));
  }

  @PyMethod(sig = "(sep=NULL, bytes_per_sep=1)")
  PyObject hex(@Nullable PyObject sep, int bytesPerSep) {
    try (Buffer pin = getBuffer(PyBuffers.FULL_RO)) {
      byte[] b = pin.toBytes();
      return ByteOps.hex(b, 0, b.length, sep, bytesPerSep);
    }
  }

  @PyMethod(sig = "()", doc = "The items as a list.")
  PyObject tolist() {
    Buffer b = buffer();
    char c = code();
    return b.ndim() == 0 ? MemoryItems.unpack(b, 0, c) : list(b, 0, 0, c);
  }

  private static PyObject list(Buffer b, int d, long at, char c) {
    int n = (int) b.shape[d];
    PyObject[] items = new PyObject[n];
    for (int i = 0; i < n; i++) {
      long p = at + i * b.strides[d];
      items[i] = d == b.ndim() - 1 ? MemoryItems.unpack(b, p, c) : list(b, d + 1, p, c);
    }
    return Py.list(items);
  }

  @PyMethod(sig = "()", doc = "Return a readonly version of the memoryview.")
  PyObject toreadonly() {
    Buffer b = buffer();
    return derive(b.offset, true, b.format, b.itemsize, b.shape, b.strides);
  }

  @PyMethod(
      sig = "(format, shape=NULL)",
      doc = "A view of the same memory with another format or shape.")
  PyObject cast(String format, @Nullable PyObject shape) {
    Buffer b = buffer();
    if (!b.isCContiguous()) {
      throw Errors.typeError("memoryview: casts are restricted to C-contiguous views");
    }
    if ((shape != null || b.ndim() != 1) && zeroInShape(b)) {
      throw Errors.typeError("memoryview: cannot cast view with zeros in shape or strides");
    }
    PyObject[] dims = null;
    if (shape != null) {
      dims = dimensions(shape);
      if (dims.length > MAX_DIMENSIONS) {
        throw Errors.valueError(
            "memoryview: number of dimensions must not exceed " + MAX_DIMENSIONS);
      }
      if (b.ndim() != 1 && dims.length != 1) {
        throw Errors.typeError("memoryview: cast must be 1D -> ND or ND -> 1D");
      }
    }
    int itemsize = castSize(b, format);
    if (b.length % itemsize != 0) {
      throw Errors.typeError("memoryview: length is not a multiple of itemsize");
    }
    if (dims == null) {
      return derive(
          b.offset,
          b.readonly,
          format,
          itemsize,
          new long[] {b.length / itemsize},
          new long[] {itemsize});
    }
    long[] extent = new long[dims.length];
    long product = 1;
    for (int i = 0; i < dims.length; i++) {
      extent[i] = extent(dims[i]);
      if (extent[i] > Long.MAX_VALUE / product) {
        throw Errors.valueError("memoryview.cast(): product(shape) > SSIZE_MAX");
      }
      product *= extent[i];
    }
    if (Math.multiplyHigh(product, itemsize) != 0 || product * itemsize != b.length) {
      throw Errors.typeError("memoryview: product(shape) * itemsize != buffer size");
    }
    long[] strides = new long[extent.length];
    long step = itemsize;
    for (int d = extent.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= extent[d];
    }
    return derive(b.offset, b.readonly, format, itemsize, extent, strides);
  }

  private static boolean zeroInShape(Buffer b) {
    for (int d = 0; d < b.ndim(); d++) {
      if (b.shape[d] == 0 || b.strides[d] == 0) {
        return true;
      }
    }
    return false;
  }

  private static PyObject[] dimensions(PyObject shape) {
    if (shape instanceof PyTuple t) {
      return t.toArray();
    }
    if (shape instanceof PyList l) {
      return l.toArray();
    }
    throw Errors.typeError("shape must be a list or a tuple");
  }

  private static long extent(PyObject o) {
    if (!(o instanceof PyInt i)) {
      throw Errors.typeError("memoryview.cast(): elements of shape must be integers");
    }
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    if (i.longValue() <= 0) {
      throw Errors.valueError("memoryview.cast(): elements of shape must be integers > 0");
    }
    return i.longValue();
  }

  /** The item size of the destination format. */
  private static int castSize(Buffer b, String format) {
    char from = MemoryItems.nativeCode(b.format);
    if (from == 0) {
      throw Errors.valueError(
          "memoryview: source format must be a native single character format prefixed with an"
              + " optional '@'");
    }
    char to = MemoryItems.nativeCode(format);
    if (to == 0) {
      throw Errors.valueError(
          "memoryview: destination format must be a native single character format prefixed with"
              + " an optional '@'");
    }
    if (!MemoryItems.isByte(from) && !MemoryItems.isByte(to)) {
      throw Errors.typeError("memoryview: cannot cast between two non-byte formats");
    }
    return MemoryItems.size(to);
  }

  @PyMethod(name = "__reduce_ex__", sig = "(proto, /)")
  PyObject reduceEx(PyObject proto) {
    throw Errors.typeError("cannot pickle memoryview objects");
  }
}
