/**
 * This process and its children: environment, ids, limits, spawning and waiting, the JVM's heap.
 * Used by posix, _posixsubprocess, resource, pwd and grp, and where a program begins.
 */
@NullMarked
package org.plait.host.process;

import org.jspecify.annotations.NullMarked;
