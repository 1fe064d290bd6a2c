/**
 * CPython's abstract object layer: one class per C-API family. Native code that works on any
 * object\n * goes through here.
 */
package org.plait.runtime.protocol;
