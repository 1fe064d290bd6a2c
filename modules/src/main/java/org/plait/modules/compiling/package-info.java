/** Types of {@code _symtable} and {@code _tokenize}. Used by their modules only. */
package org.plait.modules.compiling;
