/**
 * The services that can be told: what each kind of Provider is sent, and how.
 *
 * <p>A {@link Messenger} tells one service one {@link Notification}. Bodies and addresses are those
 * that Flux's notification-controller sends, since that is what the services and their users know.
 * What goes wrong is a {@link TellException}, which says whether another try may help and never
 * holds a credential.
 */
@NullMarked
package dev.sluice.notifier.provider;

import org.jspecify.annotations.NullMarked;
