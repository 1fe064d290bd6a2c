/** Native memory as Python objects. Used by the native module {@code _cmemory} alone. */
package org.plait.modules.cmemory;
