/** The compressor and decompressor of {@code _bz2}. Used by that native module alone. */
package org.plait.modules.bz2;
