/** Sockets, addresses and name resolution. Used by _socket. */
@NullMarked
package org.plait.host.net;

import org.jspecify.annotations.NullMarked;
