package dev.sluice.events;

/**
 * One object as it was applied.
 *
 * @param id inventory id: {@code namespace_name_group_kind}
 * @param version API version without the group
 * @param resourceVersion of the answer to the apply
 * @param desired keyed digest of what was sent: equal means that nothing needs to be sent
 * @param owned digest of our manager's entry in {@code metadata.managedFields} after the apply:
 *     another one later is drift; empty where the object is skipped and not watched
 */
public record AppliedObject(
        String id,
        String version,
        String uid,
        String resourceVersion,
        String desired,
        String owned) {}
