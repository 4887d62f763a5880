/// The environment that is served, and how the next one takes its place.
///
/// A [Generation] is everything that answers come from, immutable; a request takes the current one
/// once and stays on it. The [Loader] builds the next one beside it and swaps one reference; the
/// [InputWatch], SIGHUP and `POST /reload` ask it to.
@NullMarked
package io.surfacescan.service.served;

import org.jspecify.annotations.NullMarked;
