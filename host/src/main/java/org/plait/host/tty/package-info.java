/** Terminals: attributes, sizes, pseudo terminals. Used by termios, tty, pty and the REPL. */
@NullMarked
package org.plait.host.tty;

import org.jspecify.annotations.NullMarked;
