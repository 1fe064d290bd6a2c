/**
 * The module {@code _io}: raw files, buffered files, text files, BytesIO and StringIO. Nobody else
 * in the runtime uses these classes by name; they are found as Python types.
 */
package org.plait.runtime.io;
