/**
 * The pickle format: writing, reading and the types of {@code _pickle}. Only that module uses it.
 */
package org.plait.modules.pickle;
