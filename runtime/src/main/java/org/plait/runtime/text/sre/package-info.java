/**
 * The matching engine behind {@code _sre}: runs the code words that CPython's {@code re._compiler}
 * makes. It knows no Python object; only the native module {@code _sre} uses it. A {@link
 * org.plait.runtime.text.sre.SrePattern} is immutable and shared; a {@link
 * org.plait.runtime.text.sre.SreMatcher} belongs to one thread.
 */
@NullMarked
package org.plait.runtime.text.sre;

import org.jspecify.annotations.NullMarked;
