package dev.sluice.events;

/** The delivery's object is gone; nothing of it is wanted any more. */
public record DeliveryDeleted(DeliveryId delivery, Position position, String why)
        implements DeliveryEvent {}
