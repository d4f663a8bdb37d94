/**
 * Maintenance windows: from cron, duration and time zone to "may this change be applied now, and if
 * not, when". Plain values and one table, {@link dev.sluice.windows.Windows}; reads no clock and
 * talks to nobody. Who may apply outside a window, and what becomes of drift meanwhile, is part of
 * the answer; acting on it is the applier's.
 */
@NullMarked
package dev.sluice.windows;

import org.jspecify.annotations.NullMarked;
