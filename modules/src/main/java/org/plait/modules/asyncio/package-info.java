/** The types of {@code _asyncio}, futures and tasks; only {@code AsyncioModule} uses them. */
package org.plait.modules.asyncio;
