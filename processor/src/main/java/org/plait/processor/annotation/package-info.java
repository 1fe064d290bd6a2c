/**
 * The annotations that turn Java classes into Python types and modules. Anybody who writes a
 * built-in type or a native module uses them; {@code ExposeProcessor} reads them at compile time
 * and nothing reads them at run time.
 */
@NullMarked
package org.plait.processor.annotation;

import org.jspecify.annotations.NullMarked;
