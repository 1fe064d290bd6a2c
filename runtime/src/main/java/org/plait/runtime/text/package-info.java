/**
 * Text and number algorithms that need no Python object: number formatting and parsing, the format
 * mini-languages, Unicode properties, codecs, binary layouts. Everything here works on Java values
 * (String, code point arrays, byte[], double, BigInteger) and reports errors as {@link
 * org.plait.runtime.text.TextException} or {@link org.plait.runtime.text.CodecException}; the types
 * and native modules of {@code runtime} and {@code modules} may use it and turn those errors into
 * Python exceptions.
 */
@NullMarked
package org.plait.runtime.text;

import org.jspecify.annotations.NullMarked;
