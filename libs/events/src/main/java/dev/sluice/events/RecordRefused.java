package dev.sluice.events;

/**
 * A record on {@code sluice.revealed} was not acted upon: it is not the decryptor's, or it was
 * brought back. Somebody writes to the topic who should not.
 *
 * @param position that the refused record claims
 * @param record its CloudEvents id
 * @param why {@code signature} or {@code replay}
 */
public record RecordRefused(DeliveryId delivery, Position position, String record, String why)
        implements DeliveryEvent {}
