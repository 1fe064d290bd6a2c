/**
 * This process and its children: environment, ids, limits, spawning and waiting. Used by posix,
 * _posixsubprocess, resource, pwd and grp.
 */
@NullMarked
package org.plait.host.process;

import org.jspecify.annotations.NullMarked;
