/**
 * The hash functions of {@code hashlib}, on Bouncy Castle's digests, whose state can be copied.
 * Used by the native modules of that name alone.
 */
package org.plait.modules.hash;
