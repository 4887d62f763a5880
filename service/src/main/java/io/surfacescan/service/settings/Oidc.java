package io.surfacescan.service.settings;

import java.net.URI;

/// An OpenID Connect issuer whose access tokens are taken, and what has to stand in them.
///
/// @param issuer as it names itself in tokens; its keys are found from there
/// @param audience the service's name with the issuer
/// @param claim which claim holds what a caller may do; dots lead into objects
/// @param readWord the word there that gives the scope `read`
/// @param adminWord the word there that gives the scope `admin`
public record Oidc(URI issuer, String audience, String claim, String readWord, String adminWord) {}
