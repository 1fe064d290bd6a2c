/**
 * The parts that programs are made of, measured with JMH: statements of Python, and what stands
 * behind them in Java. Whole programs are {@code bench/run}'s. Nobody uses this package.
 */
@NullMarked
package org.plait.bench;

import org.jspecify.annotations.NullMarked;
