/**
 * The scanner and the encoder of {@code _json}. Only {@link org.plait.modules.JsonModule} uses this
 * package.
 */
package org.plait.modules.json;
