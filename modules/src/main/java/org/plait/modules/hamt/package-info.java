/** The map inside contexts as a Python type. Used by the native module {@code _hamt} alone. */
package org.plait.modules.hamt;
