/** Tests of the annotation processor: they run javac over small classes. */
package org.plait.processor;
