/** The native part of {@code cProfile}. For {@code LsprofModule} alone. */
package org.plait.modules.profiling;
