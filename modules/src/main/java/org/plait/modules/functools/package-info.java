/** The types of {@code _functools} and {@code _operator}; only their module classes use them. */
package org.plait.modules.functools;
