/**
 * An XML parser that is fed in pieces and reports as Expat does, and the types of {@code pyexpat}
 * on top of it. The parser itself ({@code XmlParser} and what it uses) knows no Python type. Only
 * {@link org.plait.modules.PyexpatModule} uses this package.
 */
package org.plait.modules.expat;
