/**
 * Native modules that boot doesn't need, one class per Python module, named after it. Found by name
 * through {@code META-INF/plait/native-modules}; nobody refers to them in Java.
 */
package org.plait.modules;
