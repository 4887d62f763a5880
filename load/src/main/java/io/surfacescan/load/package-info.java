/// A load test of the service over HTTP, with an HTML report: `scripts/load` builds and runs it,
/// and `docs/performance/load-test.md` says what it does and how to read what it makes.
///
/// [LoadTest] is the command. It starts a [Server] unless it was told of one, asks it for its VMs,
/// and has Gatling run [LoadSimulation] twice: to warm up, and for the report.
@NullMarked
package io.surfacescan.load;

import org.jspecify.annotations.NullMarked;
