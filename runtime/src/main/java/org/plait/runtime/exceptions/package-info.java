/** Exception objects, the exception classes, and the factories that raise them. */
package org.plait.runtime.exceptions;
