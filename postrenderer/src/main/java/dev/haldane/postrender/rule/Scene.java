package dev.haldane.postrender.rule;

/// What a rule may know beside the object in its hand.
///
/// @param bundle  the other objects, and itself
/// @param release as far as anybody has told us
/// @param door    through which the object came
public record Scene(Bundle bundle, Release release, Door door) {}
