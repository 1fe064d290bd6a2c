/** The types of {@code _random}; only its module class uses them. */
package org.plait.modules.random;
