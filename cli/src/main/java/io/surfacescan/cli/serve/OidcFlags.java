package io.surfacescan.cli.serve;

import java.net.URI;

/// An OpenID Connect issuer whose access tokens are taken.
///
/// @param claim which claim of a token holds what its holder may do
/// @param readWord the word there for asking
/// @param adminWord the word there for having the service do something
public record OidcFlags(
    URI issuer, String audience, String claim, String readWord, String adminWord) {}
