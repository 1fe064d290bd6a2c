/** The built-in types, one class per Python type, named Py and the type's name. */
package org.plait.runtime.types;
