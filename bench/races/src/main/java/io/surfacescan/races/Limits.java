package io.surfacescan.races;

/// What a peer may use.
///
/// @param loadSeconds for taking in the environment
/// @param answerSeconds for one answer
/// @param checkSeconds for checking the sample in one way; VMs beyond are left out
/// @param timeSeconds for timing one way, warming up not included; a round is always ended
/// @param heap the most memory for Java objects, as `-Xmx` takes it
record Limits(int loadSeconds, int answerSeconds, int checkSeconds, int timeSeconds, String heap) {}
