/**
 * The {@code plait} command: reads CPython's command line and environment, starts the runtime and
 * ends the process with the script's exit status. The outermost package; nobody imports it.
 */
@NullMarked
package org.plait.cli;

import org.jspecify.annotations.NullMarked;
