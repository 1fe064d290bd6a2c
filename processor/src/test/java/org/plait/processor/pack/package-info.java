/** Tests of the packing: classes rewritten behave as before. */
package org.plait.processor.pack;
