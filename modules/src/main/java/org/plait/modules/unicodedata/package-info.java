/**
 * The database objects of {@code unicodedata}. Only {@link org.plait.modules.UnicodedataModule}
 * uses this package.
 */
package org.plait.modules.unicodedata;
