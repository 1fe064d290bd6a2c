/** The types of {@code _csv}. Only {@link org.plait.modules.CsvModule} uses this package. */
package org.plait.modules.csv;
