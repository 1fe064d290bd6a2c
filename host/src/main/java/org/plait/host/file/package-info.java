/**
 * Files, directories and file descriptors, memory maps and named semaphores, as the operating
 * system has them. Used by the native modules for posix, io, fcntl, mmap and by imports; knows no
 * Python type.
 */
@NullMarked
package org.plait.host.file;

import org.jspecify.annotations.NullMarked;
