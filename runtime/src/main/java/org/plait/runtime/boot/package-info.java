/** The native modules that start-up needs: sys, builtins, _thread, _io, posix and their like. */
package org.plait.runtime.boot;
