/// Benchmarks (JMH) of what the product promises to be fast. `scripts/bench` builds and runs them;
/// what was measured stands in `docs/performance`.
@NullMarked
package io.surfacescan.bench;

import org.jspecify.annotations.NullMarked;
