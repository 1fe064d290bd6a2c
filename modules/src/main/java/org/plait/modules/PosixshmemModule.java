package org.plait.modules;

import org.plait.host.HostException;
import org.plait.host.file.SharedMemory;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyStr;

/** {@code _posixshmem}: shared memory by name. */
@PyModuleDef(name = "_posixshmem", hostErrors = true)
public final class PosixshmemModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new PosixshmemModuleTable(this);
  }

  @PyFunction(name = "shm_open", sig = "(path, flags, mode=511)")
  static int shmOpen(PyStr path, int flags, int mode) {
    try {
      return SharedMemory.open(encoded(path), flags, mode);
    } catch (HostException e) {
      throw OsErrors.of(e, path);
    }
  }

  @PyFunction(name = "shm_unlink", sig = "(path)")
  static void shmUnlink(PyStr path) {
    try {
      SharedMemory.unlink(encoded(path));
    } catch (HostException e) {
      throw OsErrors.of(e, path);
    }
  }

  private static byte[] encoded(PyStr path) {
    if (path.toString().indexOf(0) >= 0) {
      throw Errors.valueError("embedded null character");
    }
    return FsPaths.encode(path);
  }
}
