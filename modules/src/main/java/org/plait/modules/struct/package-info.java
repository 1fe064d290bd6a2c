/** The types of {@code _struct}; only its module class uses them. */
package org.plait.modules.struct;
