/** Memory maps as Python objects. Used by the native module {@code mmap} alone. */
package org.plait.modules.mmap;
