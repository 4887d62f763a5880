/// The HTTP service: questions in, documents out, while the environment is replaced underneath.
///
/// A [Listener] opens the port itself and hands every request to the [FrontDoor], which counts it,
/// checks its host, has [Access] decide who asks, and finds its [Route]; a class per kind of
/// question answers, and [Outflow] writes large answers as fast as their reader takes them. The
/// description of the interface, health and metrics go through the same door. [Program] puts all of
/// it together.
///
/// A [Generation] is everything that answers come from, immutable; a request takes the current one
/// once and stays on it. The [Loader] builds the next one beside it and swaps one reference; the
/// [InputWatch], SIGHUP and `POST /reload` ask it to.
///
/// A failure is a [Refusal] wherever it is noticed, and becomes a problem document in one place.
/// Everything a request does between two waits runs on its event loop, without locks, except
/// loading and the search for nearest ids.
@NullMarked
package io.surfacescan.service;

import org.jspecify.annotations.NullMarked;
