/** The types of {@code select}; used by {@code SelectModule} only. */
package org.plait.modules.select;
