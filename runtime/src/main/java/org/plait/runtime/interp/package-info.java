/** Code objects, frames, functions, generators and the interpreter of register bytecode. */
package org.plait.runtime.interp;
