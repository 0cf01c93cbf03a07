package dev.haldane.webhook.canary;

/// What an event or an owner reference needs to know of a Canary object, also of one whose spec is nonsense.
///
/// @param uid        the object's uid
/// @param apiVersion as the object was read
public record CanaryRef(CanaryId id, String uid, String apiVersion) {}
