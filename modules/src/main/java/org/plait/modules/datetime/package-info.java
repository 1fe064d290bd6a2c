/** The types of {@code _datetime} and the calendar behind them. Only that module uses it. */
package org.plait.modules.datetime;
