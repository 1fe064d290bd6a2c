package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.DirStream;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyIterator;
import org.plait.sched.SpinLock;

/** The iterator {@code os.scandir} gives. The stream is read under {@link #lock}. */
@PyTypeDef(
    name = "ScandirIterator",
    module = "posix",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "")
public final class PyScandirIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyScandirIteratorTable.INSTANCE);

  private final PathArgument path;
  private final SpinLock lock = new SpinLock();
  private @Nullable DirStream stream;

  /** Has the stream closed when nobody uses the iterator any more. */
  private @Nullable Object guard;

  private PyScandirIterator(PathArgument path, DirStream stream) {
    this.path = path;
    this.stream = stream;
  }

  /** Opens the directory. */
  static PyScandirIterator open(PathArgument p) {
    PyScandirIterator it =
        new PyScandirIterator(p, p.isFd() ? DirStream.of(p.fd) : DirStream.open(p.name()));
    it.guard = Finalization.guard(it);
    return it;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    DirStream.Entry entry = null;
    HostException failure = null;
    lock.lock();
    try {
      DirStream s = stream;
      entry = s == null ? null : s.next();
    } catch (HostException e) {
      failure = e;
    } finally {
      lock.unlock();
    }
    if (entry != null) {
      return new PyDirEntry(path, entry);
    }
    close();
    if (failure != null) {
      throw OsErrors.of(failure, path.object);
    }
    return null;
  }

  @PyMethod(sig = "()")
  void close() {
    DirStream s = take();
    if (s != null) {
      s.close();
    }
  }

  private @Nullable DirStream take() {
    lock.lock();
    DirStream s = stream;
    stream = null;
    guard = null;
    lock.unlock();
    return s;
  }

  @PyMethod(name = "__enter__", sig = "()")
  PyObject enter() {
    return this;
  }

  @PyMethod(name = "__exit__", sig = "(*args)")
  void exit(org.plait.runtime.types.PyTuple args) {
    close();
  }

  @PyMethod(name = "__del__", sig = "()")
  void del() {
    DirStream s = take();
    if (s == null) {
      return;
    }
    try {
      Warnings.warn(
          Exceptions.ResourceWarning, "unclosed scandir iterator " + PyObjects.repr(this), 1);
    } catch (PyException e) {
      if (e.matches(Exceptions.Warning)) {
        Unraisable.report(e.value, this);
      }
    } finally {
      s.close();
    }
  }
}
