/** Finding, compiling, caching and starting modules below importlib. */
package org.plait.runtime.importing;
