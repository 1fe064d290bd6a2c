/**
 * jcstress and Lincheck tests of what Python threads share: containers, attributes, classes,
 * globals, lazily made things, generators, files. jcstress's threads attach themselves once and
 * call what Python code would call; where inline caches matter they run compiled Python functions.
 */
package org.plait.stress.runtime;
