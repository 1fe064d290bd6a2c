/** The types of {@code array}; only its module class uses them. */
package org.plait.modules.array;
