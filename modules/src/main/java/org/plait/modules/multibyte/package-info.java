/**
 * The encodings of East Asia, made of the JDK's charsets and of the differences between those and
 * CPython's, and the codec objects on them. Used by the native modules {@code _multibytecodec} and
 * {@code _codecs_xx} alone.
 */
package org.plait.modules.multibyte;
