/// A load test of the service over HTTP, with an HTML report: `scripts/load` builds and runs it,
/// and `docs/performance/load-test.md` says what it does and how to read what it makes.
///
/// [LoadTest] is the command. It starts a server unless it was told of one, asks it for its VMs,
/// runs Gatling in a process of its own with a [Plan], and shows the numbers of the report.
@NullMarked
package io.surfacescan.load;

import org.jspecify.annotations.NullMarked;
