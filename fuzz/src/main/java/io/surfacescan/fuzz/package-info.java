/// What comes from outside, made up by a fuzzer.
///
/// The targets are the methods with `@FuzzTest` under `src/test/java`, each in the package of what
/// it attacks, because that is not public. A target says what must hold for any bytes; `./verify`
/// runs it on the inputs of its folder under `src/test/resources`, which are examples to start from
/// and everything that ever made it fail. `scripts/fuzz` searches for more.
///
/// A module of its own, because the fuzzer rewrites the classes of the Java it runs in, and tests
/// elsewhere measure what those allocate.
@NullMarked
package io.surfacescan.fuzz;

import org.jspecify.annotations.NullMarked;
