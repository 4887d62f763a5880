package io.surfacescan.reachability;

import io.surfacescan.model.Services.Protocol;

/// A port that an interface has given a name, for rules that name it.
public record NamedPort(String name, Protocol protocol, int port) {}
