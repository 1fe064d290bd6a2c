package org.plait.modules;

import org.plait.modules.mmap.PyMmap;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.types.PyModule;

/** {@code mmap}. */
@PyModuleDef(name = "mmap")
public final class MmapModule implements NativeModule {
  private static final String CONSTANTS =
      "ACCESS_COPY=3 ACCESS_DEFAULT=0 ACCESS_READ=1 ACCESS_WRITE=2 "
          + "ALLOCATIONGRANULARITY=4096 MADV_DODUMP=17 MADV_DOFORK=11 MADV_DONTDUMP=16 "
          + "MADV_DONTFORK=10 MADV_DONTNEED=4 MADV_FREE=8 MADV_HUGEPAGE=14 "
          + "MADV_HWPOISON=100 MADV_MERGEABLE=12 MADV_NOHUGEPAGE=15 MADV_NORMAL=0 "
          + "MADV_RANDOM=1 MADV_REMOVE=9 MADV_SEQUENTIAL=2 MADV_UNMERGEABLE=13 "
          + "MADV_WILLNEED=3 MAP_32BIT=64 MAP_ANON=32 MAP_ANONYMOUS=32 MAP_DENYWRITE=2048 "
          + "MAP_EXECUTABLE=4096 MAP_NORESERVE=16384 MAP_POPULATE=32768 MAP_PRIVATE=2 "
          + "MAP_SHARED=1 MAP_STACK=131072 PAGESIZE=4096 PROT_EXEC=4 PROT_READ=1 "
          + "PROT_WRITE=2 ";

  @Override
  public NativeTable table() {
    return new MmapModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", Exceptions.OSError);
    m.add("mmap", PyMmap.TYPE);
    Constants.add(m, CONSTANTS);
  }
}
