/**
 * Access to the operating system: errors, and the way into the C library that every other package
 * of this module uses ({@link org.plait.host.Native}, {@link org.plait.host.Fn}, {@link
 * org.plait.host.Scratch} are for this module alone). Everybody may use {@link
 * org.plait.host.HostException} and {@link org.plait.host.Errno}. Knows no Python type.
 */
@NullMarked
package org.plait.host;

import org.jspecify.annotations.NullMarked;
