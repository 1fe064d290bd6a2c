package org.plait.syntax.ast;

/** A complex constant. A literal has only an imaginary part. */
public record Complex(double real, double imag) {}
