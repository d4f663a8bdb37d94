/**
 * Every service in one process, with an embedded broker: {@code sluice up} for use, {@code sluice
 * demo} for a look.
 *
 * <p>{@code Main} reads the command line, {@code UpCommand} starts the broker and then Quarkus with
 * all services, and stops them in the reverse order.
 */
@NullMarked
package dev.sluice.standalone;

import org.jspecify.annotations.NullMarked;
