/// What threads share without a lock, or with one that might be in the wrong place, raced by
/// jcstress.
///
/// The races are the classes with `@JCStressTest`, each in the package of what it is about, because
/// that is not public. A race has a few lines for each of its threads, and says which outcomes are
/// right; jcstress runs them many million times, compiled in every way, and fails on any other. Two
/// threads each, since jcstress leaves out races with more threads than processors.
///
/// `./verify` runs each for some seconds, `scripts/stress` for as long as is wanted.
@NullMarked
package io.surfacescan.stress;

import org.jspecify.annotations.NullMarked;
