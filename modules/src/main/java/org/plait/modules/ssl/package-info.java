/**
 * {@code _ssl}: TLS over the JDK's {@code SSLEngine}, certificates and keys as OpenSSL keeps them
 * in files, and OpenSSL's way of checking chains and of naming errors. Nothing of it is loaded
 * before Python imports {@code ssl}; no other package uses it.
 */
package org.plait.modules.ssl;
