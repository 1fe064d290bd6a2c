/**
 * The types of {@code _collections}; its module class and the runtime's types are all that use
 * them.
 */
package org.plait.modules.collections;
