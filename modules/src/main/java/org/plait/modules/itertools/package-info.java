/** The types of {@code itertools}; only its module class uses them. */
package org.plait.modules.itertools;
