package org.plait.compiler.code;

/** A slice constant; its parts are constants, {@code Singleton.NONE} where left out. */
public record SliceValue(Object start, Object stop, Object step) {}
