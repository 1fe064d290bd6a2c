/** The algorithms of {@code math} and {@code cmath}; their module classes use them. */
package org.plait.modules.math;
