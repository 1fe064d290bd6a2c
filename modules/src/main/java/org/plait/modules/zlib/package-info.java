/**
 * Deflate streams with their zlib or gzip wrapping, and the objects of {@code zlib} on them. Used
 * by the native module of that name alone.
 */
package org.plait.modules.zlib;
