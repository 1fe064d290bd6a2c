/**
 * The object model: objects, classes, shapes, attribute storage, descriptors and the plumbing of
 * native\n * functions. Everybody in the runtime and every native module builds on it.
 */
package org.plait.runtime.object;
