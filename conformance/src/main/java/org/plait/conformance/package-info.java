/**
 * Runs CPython's own test suite on Plait, beside CPython itself, and keeps the ledger of what does
 * not pass. A tool of the house: nothing else depends on it. Interpreters are child processes; this
 * package runs no Python in its own process.
 */
@NullMarked
package org.plait.conformance;

import org.jspecify.annotations.NullMarked;
