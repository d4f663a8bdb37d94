/**
 * The notifier: announcements in, Providers told.
 *
 * <p>What Alerts select of {@code sluice.announcements} is written to {@code sluice.notifications}
 * as due before the place in the announcements moves on, and as sent once its Provider has taken
 * it. So each is told once, in spite of restarts and of Providers that are away. Each Provider has
 * a lane of its own.
 */
@NullMarked
package dev.sluice.notifier;

import org.jspecify.annotations.NullMarked;
