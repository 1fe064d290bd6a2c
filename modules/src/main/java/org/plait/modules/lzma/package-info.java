/** The compressor and decompressor of {@code _lzma}. Used by that native module alone. */
package org.plait.modules.lzma;
