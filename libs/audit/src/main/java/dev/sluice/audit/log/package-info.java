/**
 * Reading topics as they are, record by record and byte by byte: from a broker, or from the log
 * directory of one that is stopped.
 */
@NullMarked
package dev.sluice.audit.log;

import org.jspecify.annotations.NullMarked;
