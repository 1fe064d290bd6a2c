/** The types of {@code _queue}; only its module class uses them. */
package org.plait.modules.queue;
