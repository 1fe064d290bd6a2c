/**
 * What {@code _interpreters}, {@code _interpqueues} and {@code _interpchannels} have in common:
 * data on its way from one interpreter to another, code that runs in another one, and the queues
 * and channels themselves. For those modules alone.
 */
package org.plait.modules.interpreters;
