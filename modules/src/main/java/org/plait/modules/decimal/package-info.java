/**
 * {@code _decimal}: decimal floating point by the General Decimal Arithmetic Specification, with
 * the results and flags of libmpdec. From below: {@link org.plait.modules.decimal.Tens} (powers of
 * ten), {@link org.plait.modules.decimal.Rules} and {@link org.plait.modules.decimal.Status} (what
 * an operation obeys and what it signals), {@link org.plait.modules.decimal.Rounding}, the
 * operations ({@code Arithmetic}, {@code Division}, {@code Quanta}, {@code Comparison}, {@code
 * Digitwise}, {@code Roots}, {@code Transcendentals}, {@code Powers}), text ({@code NumberParser},
 * {@code NumberText}, {@code NumberFormat}), and the Python types.
 */
package org.plait.modules.decimal;
