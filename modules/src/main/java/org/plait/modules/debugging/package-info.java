/** Helpers of {@code faulthandler} and {@code _opcode}. Used by their modules only. */
package org.plait.modules.debugging;
